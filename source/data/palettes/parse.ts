import {UsageError} from '../../errors.js';
import type {SegmentationClass} from '../../raster/segmentation.js';
import {stripControl} from '../../text.js';
import {vocColor, type Palette} from './palette.js';

type Fields = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Fields =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

const isList = (value: unknown): value is readonly unknown[] =>
	Array.isArray(value);

const isByte = (value: unknown) =>
	Number.isInteger(value) && Number(value) >= 0 && Number(value) <= 255;

const parseColor = (color: unknown): number | undefined => {
	if (typeof color === 'string' && /^#?[\da-f]{6}$/iv.test(color)) {
		return Number.parseInt(color.replace('#', ''), 16);
	}

	if (
		Array.isArray(color) &&
		color.length === 3 &&
		color.every((value) => isByte(value))
	) {
		const [red, green, blue] = color.map(Number);
		return (red << 16) | (green << 8) | blue;
	}

	return undefined;
};

/**
@param value `"sky"`, or an object with `name` and optionally `id` and `color`.
@param position Its key or place in the file, the default for its id.
@param problem Creates the error.
*/
const parseClass = (
	value: unknown,
	position: string | number,
	problem: (message: string) => UsageError,
): SegmentationClass => {
	const fields: Fields = isObject(value) ? value : {name: value};
	const givenId = fields.id ?? position;
	const id = Number(givenId);
	if (!Number.isInteger(id) || id < 0 || id > 0xff_ff) {
		throw problem(
			`the id ${JSON.stringify(givenId)} is not a whole number from 0 to 65535`,
		);
	}

	const {name} = fields;
	if (typeof name !== 'string' || name.trim() === '') {
		throw problem(`class ${id} has no name; write {"id": ${id}, "name": "…"}`);
	}

	const color = parseColor(fields.color);
	if (fields.color !== undefined && color === undefined) {
		throw problem(
			`class ${id} has the color ${JSON.stringify(fields.color)}; write "#rrggbb" or [red, green, blue]`,
		);
	}

	return {id, name: stripControl(name), color: color ?? vocColor(id)};
};

/** The list of classes in a JSON file; nothing if it is another kind of file. */
const findClasses = (
	json: unknown,
): readonly unknown[] | Fields | undefined => {
	if (!isObject(json)) {
		return isList(json) ? json : undefined;
	}

	const list = json.classes ?? json.id2label;
	if (isList(list) || isObject(list)) {
		return list;
	}

	return Object.keys(json).length > 0 &&
		Object.keys(json).every((key) => /^\d+$/v.test(key))
		? json
		: undefined;
};

/**
Reads a palette: `{"name": …, "classes": [{"id": 0, "name": "sky", "color": "#82b4f0"}, …]}`, or just names, as in `{"0": "sky"}` or `["sky", …]`. A class without a colour gets VOC's for its id.

@param file Its path, for messages and as the default name.
@returns Nothing if the JSON is not a palette.
@throws {UsageError} If a class in it cannot be read.
*/
export const parsePalette = (
	json: unknown,
	file: string,
): Palette | undefined => {
	const problem = (message: string) =>
		new UsageError(`The palette "${file}" cannot be used: ${message}`);
	const list = findClasses(json);
	if (list === undefined) {
		return undefined;
	}

	const classes = Object.entries(list).map(([position, value]) =>
		parseClass(value, position, problem),
	);
	if (classes.length === 0) {
		throw problem(
			'it names no class; write {"classes": [{"id": 0, "name": "sky"}]}',
		);
	}

	const seen = new Set<number>();
	for (const {id} of classes) {
		if (seen.has(id)) {
			throw problem(`class ${id} stands there twice; give each id once`);
		}

		seen.add(id);
	}

	const name = isObject(json) ? json.name : undefined;
	return {
		name: typeof name === 'string' ? stripControl(name) : stripControl(file),
		classes,
	};
};
