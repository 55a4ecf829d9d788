import {readFile} from 'node:fs/promises';
import {checkInputFile} from '../../data/input-file.js';
import {UsageError} from '../../errors.js';
import type {Manifest} from '../../compute/manifest.js';
import type {FlagValues} from '../subcommand.js';

/** What a manifest says can also be said on the command line, and then counts more. */
export const manifestFlags = {
	inputSize: {
		type: 'string',
		value: 'HxW',
		description: 'Bring the image to this height and width in pixels',
	},
	output: {
		type: 'string',
		value: 'NAME',
		description: 'The output that is explained, where the model has several',
	},
	layout: {
		type: 'string',
		value: 'LAYOUT',
		choices: ['NCHW', 'NHWC'],
		description: 'How the input is laid out, if not as it looks',
	},
	channelOrder: {
		type: 'string',
		value: 'ORDER',
		choices: ['RGB', 'BGR'],
		description: 'Order of the colors, if not RGB',
	},
	scale: {
		type: 'number',
		value: 'FACTOR',
		description:
			'What a pixel (0–255) is multiplied by, if not 1/255 (0.00392157)',
	},
	mean: {
		type: 'string',
		value: 'R,G,B',
		description: 'What is taken off each channel after that',
	},
	std: {
		type: 'string',
		value: 'R,G,B',
		description: 'What each channel is divided by after that',
	},
	resize: {
		type: 'string',
		value: 'HOW',
		choices: ['stretch', 'crop', 'pad'],
		description: 'How an image of another shape is fitted, if not stretched',
	},
	labels: {
		type: 'string',
		value: 'FILE',
		description: 'Names of the classes, one a line',
	},
	palette: {
		type: 'string',
		value: 'NAME|FILE',
		description:
			'Names of the classes from voc, cityscapes, camvid, ade20k or a JSON file',
	},
} as const;

const sizePattern = /^(?<height>[1-9]\d{0,4})x(?<width>[1-9]\d{0,4})$/v;

const parseSize = (text: string): [number, number] => {
	const groups = sizePattern.exec(text)?.groups;
	const size = [Number(groups?.height), Number(groups?.width)] as const;
	if (!groups || Math.max(...size) > 16_384) {
		throw new UsageError(
			`--input-size "${text}" is no size; write HEIGHTxWIDTH in pixels, as in 384x640, each up to 16384`,
		);
	}

	return [...size];
};

const parseNumbers = (flag: string, text: string): number[] => {
	const numbers = text.split(',').map((part) => Number(part.trim() || 'NaN'));
	if (
		!numbers.every((number) => Number.isFinite(number)) ||
		(flag === 'std' && numbers.some((number) => number <= 0))
	) {
		throw new UsageError(
			`--${flag} "${text}" is no list of ${flag === 'std' ? 'numbers above 0' : 'numbers'}; write one a channel, as in 0.485,0.456,0.406`,
		);
	}

	return numbers;
};

const readLabels = async (file: string): Promise<string[]> => {
	await checkInputFile(file, 'list of labels');
	const text = await readFile(file, 'utf8');
	return text.trimEnd().split(/\r?\n/v);
};

/**
What the flags say of a model; only what was given.

@throws {UsageError} When a value cannot be read.
*/
export const manifestOf = async ({
	inputSize,
	mean,
	std,
	labels,
	output,
	layout,
	channelOrder,
	scale,
	resize,
	palette,
}: FlagValues<typeof manifestFlags>): Promise<Manifest> => {
	if (scale === 0) {
		throw new UsageError('--scale 0 makes every image black; leave it out');
	}

	const given = {
		inputSize: inputSize === undefined ? undefined : parseSize(inputSize),
		mean: mean === undefined ? undefined : parseNumbers('mean', mean),
		std: std === undefined ? undefined : parseNumbers('std', std),
		labels: labels === undefined ? undefined : await readLabels(labels),
		output,
		layout,
		channelOrder,
		scale,
		resize,
		palette,
	};
	return Object.fromEntries(
		Object.entries(given).filter(([, value]) => value !== undefined),
	);
};
