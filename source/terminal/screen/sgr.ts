import {attribute, defaultColor} from '../../raster/cells.js';
import type {ByteWriter} from './byte-writer.js';

/** The style of the next character; colours and attributes as in `Cells`. */
export type Pen = {
	foreground: number;
	background: number;
	attributes: number;
};

/** The pen after `reset`. */
export const plainPen = (): Pen => ({
	foreground: defaultColor,
	background: defaultColor,
	attributes: 0,
});

/** Resets to the terminal's own colours, without attributes. */
export const reset = '\u001B[m';

/** The SGR codes that turn each attribute on and off. */
const attributeCodes = [
	{bit: attribute.bold, on: '1', off: '22'},
	{bit: attribute.dim, on: '2', off: '22'},
	{bit: attribute.italic, on: '3', off: '23'},
	{bit: attribute.underline, on: '4', off: '24'},
	{bit: attribute.inverse, on: '7', off: '27'},
	{bit: attribute.strikethrough, on: '9', off: '29'},
];

/** `layer` is 3 for the foreground, 4 for the background. */
const colorCode = (layer: 3 | 4, color: number): string => {
	if (color >= 0) {
		return `${layer}8;2;${color >> 16};${(color >> 8) & 255};${color & 255}`;
	}

	if (color === defaultColor) {
		return `${layer}9`;
	}

	const index = -2 - color;
	if (index < 8) {
		return `${layer}${index}`;
	}

	return index < 16 ? `${layer + 6}${index - 8}` : `${layer}8;5;${index}`;
};

const colorCodes = (from: Pen, to: Pen): string[] => [
	...(from.foreground === to.foreground ? [] : [colorCode(3, to.foreground)]),
	...(from.background === to.background ? [] : [colorCode(4, to.background)]),
];

const changeAttributes = (from: number, to: number): string[] => {
	const off = new Set(
		attributeCodes.filter(({bit}) => from & ~to & bit).map(({off}) => off),
	);
	// Bold and dim share their "off" code, so what remains is set again.
	const on = attributeCodes
		.filter(({bit, off: code}) => to & bit && (!(from & bit) || off.has(code)))
		.map(({on}) => on);
	return [...off, ...on];
};

/** The shortest escape sequence from one pen to another; empty when they are equal. */
export const changePen = (from: Pen, to: Pen): string => {
	if (from.attributes === to.attributes) {
		const foreground = from.foreground === to.foreground;
		const background = from.background === to.background;
		if (foreground && background) {
			return '';
		}

		if (to.attributes === 0 && to.foreground < 0 && to.background < 0) {
			return shortest(from, to);
		}

		const separator = foreground || background ? '' : ';';
		return `\u001B[${foreground ? '' : colorCode(3, to.foreground)}${separator}${background ? '' : colorCode(4, to.background)}m`;
	}

	return shortest(from, to);
};

const shortest = (from: Pen, to: Pen): string => {
	const change = [
		...changeAttributes(from.attributes, to.attributes),
		...colorCodes(from, to),
	].join(';');
	const afresh = [
		'',
		...changeAttributes(0, to.attributes),
		...colorCodes(plainPen(), to),
	].join(';');
	return `\u001B[${change.length <= afresh.length ? change : afresh}m`;
};

/** Updates a pen, and writes the sequence that does so in the terminal. The common case in pictures, a change of 24-bit colours alone, is written straight as bytes. */
export const writePen = (bytes: ByteWriter, pen: Pen, to: Pen): void => {
	const {foreground, background, attributes} = to;
	const above = foreground === pen.foreground ? undefined : foreground;
	const below = background === pen.background ? undefined : background;
	if (attributes !== pen.attributes || (above ?? 0) < 0 || (below ?? 0) < 0) {
		bytes.text(changePen(pen, to));
	} else if (above !== undefined || below !== undefined) {
		bytes.colors(above, below);
	}

	pen.foreground = foreground;
	pen.background = background;
	pen.attributes = attributes;
};
