import {UsageError} from '../../errors.js';
import type {Layout} from '../input/layout.js';
import {presetNames, type PresetName} from '../input/presets.js';

/** What a model expects of an image, and how to read its output: the file `gradcam.json` beside a model, which flags replace or override. */
export type Manifest = {
	/** `[height, width]` in pixels. */
	readonly inputSize?: readonly [number, number];
	/** For networks of any size: sides are kept within these bounds, in steps of `multipleOf` pixels. */
	readonly inputRange?: {
		readonly min?: number;
		readonly max?: number;
		readonly multipleOf?: number;
	};
	/** How the input is laid out. */
	readonly layout?: Layout;
	readonly channelOrder?: (typeof channelOrders)[number];
	/** A common way to preprocess images; the other fields override it. */
	readonly preset?: PresetName;
	/** The factor of a pixel (0–255), before the mean is subtracted. */
	readonly scale?: number;
	/** By channel, in the network's order. */
	readonly mean?: readonly number[];
	/** By channel, in the network's order. */
	readonly std?: readonly number[];
	/** How an image of another shape is fitted: stretched, cropped to the middle, or padded. */
	readonly resize?: (typeof resizes)[number];
	/** By class. */
	readonly labels?: readonly string[];
	/** A dataset (`voc`, `cityscapes` …) or a JSON file. */
	readonly palette?: string;
	/** The output that is explained. */
	readonly output?: string;
	/** The layer that is explained by default. */
	readonly layer?: string;
};

const layouts: readonly Layout[] = ['NCHW', 'NHWC'];
const channelOrders = ['RGB', 'BGR'] as const;
const resizes = ['stretch', 'crop', 'pad'] as const;

/** A check of a field, and what it must be, in words. */
type Rule = {
	readonly wanted: string;
	readonly holds: (value: unknown) => boolean;
};

const isNumber = (value: unknown): value is number =>
	typeof value === 'number' && Number.isFinite(value);

const isSize = (value: unknown): value is number =>
	isNumber(value) && Number.isInteger(value) && value > 0 && value <= 16_384;

const text: Rule = {
	wanted: 'a text',
	holds: (value) => typeof value === 'string' && value !== '',
};

const numbers = (wanted: string, holds: (value: number) => boolean): Rule => ({
	wanted,
	holds: (value) =>
		Array.isArray(value) &&
		value.length > 0 &&
		value.every((item) => isNumber(item) && holds(item)),
});

const oneOf = (choices: readonly string[]): Rule => ({
	wanted: `one of ${choices.join(', ')}`,
	holds: (value) => typeof value === 'string' && choices.includes(value),
});

const rules: Readonly<Record<keyof Manifest, Rule>> = {
	inputSize: {
		wanted: '[height, width] in pixels',
		holds: (value) =>
			Array.isArray(value) &&
			value.length === 2 &&
			value.every((size) => isSize(size)),
	},
	inputRange: {
		wanted:
			'{"min": pixels, "max": pixels, "multipleOf": pixels}, min no larger than max',
		holds: (value) =>
			typeof value === 'object' &&
			value !== null &&
			Object.entries(value).every(
				([key, size]) =>
					['min', 'max', 'multipleOf'].includes(key) && isSize(size),
			) &&
			!('min' in value && 'max' in value && value.min! > value.max!),
	},
	layout: oneOf(layouts),
	channelOrder: oneOf(channelOrders),
	preset: oneOf(presetNames),
	scale: {
		wanted: 'a number other than 0',
		holds: (value) => isNumber(value) && value !== 0,
	},
	mean: numbers('a list of numbers, one per channel', () => true),
	std: numbers(
		'a list of numbers above 0, one per channel',
		(value) => value > 0,
	),
	resize: oneOf(resizes),
	labels: {
		wanted: 'a list of texts',
		holds: (value) =>
			Array.isArray(value) &&
			value.length > 0 &&
			value.every((label) => typeof label === 'string'),
	},
	palette: text,
	output: text,
	layer: text,
};

/** Fields about the file itself, for people. */
const comments = new Set(['$schema', 'name', 'description', 'license', 'url']);

/**
Validates a manifest.

@param file The file's name, for messages.
@throws {UsageError} If a field is unknown or has a wrong value.
*/
export const parseManifest = (json: unknown, file: string): Manifest => {
	if (typeof json !== 'object' || json === null || Array.isArray(json)) {
		throw new UsageError(
			`The manifest "${file}" is not a JSON object; write {"inputSize": [height, width], …}`,
		);
	}

	const fields = Object.entries(json).filter(([key]) => !comments.has(key));
	for (const [key, value] of fields) {
		const rule = Object.entries(rules).find(([name]) => name === key)?.[1];
		if (!rule) {
			throw new UsageError(
				`The manifest "${file}" has the unknown field "${key}"; these are known: ${Object.keys(rules).join(', ')}`,
			);
		}

		if (!rule.holds(value)) {
			throw new UsageError(
				`The manifest "${file}" has "${key}": ${JSON.stringify(value)}; write ${rule.wanted}`,
			);
		}
	}

	return Object.fromEntries(fields);
};
