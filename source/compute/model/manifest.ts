import {UsageError} from '../../errors.js';
import {presetNames, type PresetName} from '../input/presets.js';

/** What a model expects of an image and how its answer is to be read: the file `gradcam.json` beside a model, with flags in its place or on top. */
export type Manifest = {
	/** `[height, width]` in pixels. */
	readonly inputSize?: readonly [number, number];
	/** For networks that take many sizes: sides are kept within these, in steps of `multipleOf` pixels. */
	readonly inputRange?: {
		readonly min?: number;
		readonly max?: number;
		readonly multipleOf?: number;
	};
	/** How the input is laid out. */
	readonly layout?: (typeof layouts)[number];
	readonly channelOrder?: (typeof channelOrders)[number];
	/** A usual way to prepare images; what else is said of it counts more. */
	readonly preset?: PresetName;
	/** What a pixel (0–255) is multiplied by, before the mean is taken off. */
	readonly scale?: number;
	/** By channel, in the network's order. */
	readonly mean?: readonly number[];
	/** By channel, in the network's order. */
	readonly std?: readonly number[];
	/** How an image of another shape is fitted: stretched, cut to the middle, or with borders added. */
	readonly resize?: (typeof resizes)[number];
	/** By class. */
	readonly labels?: readonly string[];
	/** A dataset (`voc`, `cityscapes` …) or a JSON file. */
	readonly palette?: string;
	/** The output that is explained. */
	readonly output?: string;
	/** The layer that is shown when none is asked for. */
	readonly layer?: string;
};

const layouts = ['NCHW', 'NHWC'] as const;
const channelOrders = ['RGB', 'BGR'] as const;
const resizes = ['stretch', 'crop', 'pad'] as const;

/** What a field must be, in words, and whether it is. */
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
		wanted: '{"min": pixels, "max": pixels, "multipleOf": pixels}',
		holds: (value) =>
			typeof value === 'object' &&
			value !== null &&
			Object.entries(value).every(
				([key, size]) =>
					['min', 'max', 'multipleOf'].includes(key) && isSize(size),
			),
	},
	layout: oneOf(layouts),
	channelOrder: oneOf(channelOrders),
	preset: oneOf(presetNames),
	scale: {
		wanted: 'a number other than 0',
		holds: (value) => isNumber(value) && value !== 0,
	},
	mean: numbers('a list of numbers, one a channel', () => true),
	std: numbers(
		'a list of numbers above 0, one a channel',
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

/** What the file itself is about; read by people. */
const comments = new Set(['$schema', 'name', 'description', 'license', 'url']);

/**
Checks what a manifest file holds.

@param file What it is called in messages.
@throws {UsageError} When a field is unknown or holds something else than it should.
*/
export const parseManifest = (json: unknown, file: string): Manifest => {
	if (typeof json !== 'object' || json === null || Array.isArray(json)) {
		throw new UsageError(
			`The manifest "${file}" is no JSON object; write {"inputSize": [height, width], …}`,
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
