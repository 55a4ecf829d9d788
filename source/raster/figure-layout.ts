import {type Color, type Image} from './image.js';
import {type Size} from './view.js';

/** How a line of text looks. */
export type TextStyle = {
	/** Pixels of an em. */
	readonly size: number;
	readonly isBold?: boolean;
	readonly color: Color;
};

/** A picture of a figure and its caption. */
export type Panel = {
	readonly picture: Image;
	/** Its subject, in bold: a file, a class. */
	readonly title: string;
	/** A second line: the probability. */
	readonly detail: string;
};

/** Pictures side by side, of equal height. */
export type FigureRow = {
	/** What they have in common, written above them: a layer and a method. */
	readonly heading: string;
	readonly panels: readonly Panel[];
};

/** A figure, laid out. */
export type FigureLayout = Size & {
	readonly pictures: ReadonlyArray<{
		readonly picture: Image;
		readonly x: number;
		readonly y: number;
	}>;
	/** The colour bars, hot end up. */
	readonly bars: ReadonlyArray<Size & {readonly x: number; readonly y: number}>;
	readonly texts: ReadonlyArray<{
		readonly text: string;
		readonly style: TextStyle;
		/** Pixels: the start of the line, and its baseline. */
		readonly x: number;
		readonly baseline: number;
	}>;
};

/** Measures a line of text, in pixels. */
export type MeasureText = (text: string, style: TextStyle) => number;

const margin = 20;
const gap = 14;
const headingHeight = 26;
const captionHeight = 42;
const barWidth = 14;
const barGap = 18;
const barLabelWidth = 44;

const styles = {
	heading: {size: 14, isBold: true, color: 0x1f_29_37},
	title: {size: 13, isBold: true, color: 0x1f_29_37},
	detail: {size: 12, color: 0x6b_72_80},
	bar: {size: 11, color: 0x6b_72_80},
} as const satisfies Record<string, TextStyle>;

/** Truncates a line to its room, with an ellipsis. */
export const ellipsize = (
	text: string,
	width: number,
	measure: (text: string) => number,
): string => {
	if (measure(text) <= width) {
		return text;
	}

	const letters = [...text];
	while (letters.length > 1 && measure(`${letters.join('')}…`) > width) {
		letters.pop();
	}

	return `${letters.join('').trimEnd()}…`;
};

const heightOf = ({heading, panels}: FigureRow): number =>
	(heading === '' ? 0 : headingHeight) +
	Math.max(...panels.map(({picture}) => picture.height)) +
	captionHeight;

const widthOf = ({panels}: FigureRow): number => {
	let width = (panels.length - 1) * gap;
	for (const {picture} of panels) {
		width += picture.width;
	}

	return width;
};

/**
Lays out a figure: rows of pictures with captions, each with a colour bar beside it.

@param barLabels The labels of the hot and the cold end.
*/
export const layOutFigure = (
	rows: readonly FigureRow[],
	barLabels: readonly [hot: string, cold: string],
	measure: MeasureText,
): FigureLayout => {
	const inner = Math.max(...rows.map((row) => widthOf(row)));
	const pictures: Array<FigureLayout['pictures'][number]> = [];
	const bars: Array<FigureLayout['bars'][number]> = [];
	const texts: Array<FigureLayout['texts'][number]> = [];
	const write = (
		text: string,
		style: TextStyle,
		room: number,
		place: {readonly x: number; readonly baseline: number},
	) => {
		const fitting = ellipsize(text, room, (line) => measure(line, style));
		texts.push({text: fitting, style, ...place});
	};

	let top = margin;
	for (const row of rows) {
		let y = top;
		if (row.heading !== '') {
			write(row.heading, styles.heading, inner, {x: margin, baseline: y + 14});
			y += headingHeight;
		}

		const height = Math.max(...row.panels.map(({picture}) => picture.height));
		let x = margin;
		for (const {picture, title, detail} of row.panels) {
			const room = picture.width;
			pictures.push({picture, x, y});
			write(title, styles.title, room, {x, baseline: y + height + 18});
			write(detail, styles.detail, room, {x, baseline: y + height + 35});
			x += room + gap;
		}

		const bar = {x: margin + inner + barGap, y, width: barWidth, height};
		bars.push(bar);
		const labelX = bar.x + barWidth + 6;
		const [hot, cold] = barLabels;
		write(hot, styles.bar, barLabelWidth, {x: labelX, baseline: y + 10});
		write(cold, styles.bar, barLabelWidth, {x: labelX, baseline: y + height});
		top += heightOf(row) + gap;
	}

	return {
		width: 2 * margin + inner + barGap + barWidth + barLabelWidth,
		height: top - gap + margin - 8,
		pictures,
		bars,
		texts,
	};
};
