import {UsageError} from '../../errors.js';
import type {Manifest} from '../../compute/model/manifest.js';
import type {Flag, FlagValues} from '../command-line/subcommand.js';
import {findModel} from './find-model.js';

/** Flags for the network, and what runs it. */
export const modelFlags = {
	model: {
		type: 'string',
		value: 'MODEL',
		description:
			'An ONNX, TensorFlow.js or Keras file, or an embedded network: street, signs',
	},
	runtime: {
		type: 'string',
		value: 'NAME',
		choices: ['auto', 'onnxruntime', 'tfjs-node-gpu', 'tfjs-node', 'wasm'],
		default: 'auto',
		description: 'What runs the network; auto picks the fastest that works',
	},
} as const;

/** Flags for the question. */
export const questionFlags = {
	class: {
		type: 'string',
		value: 'ID|NAME',
		description: "The class to explain, if not each pixel's own",
	},
	layer: {
		type: 'string',
		value: 'NAME',
		description:
			'A layer, named as "gradcam-tui layers" lists it, or the end of its name',
	},
	method: {
		type: 'string',
		value: 'NAME',
		description:
			'grad-cam, hirescam, layercam, guided-grad-cam …; any wrong name lists them all',
	},
} as const;

/** The same flag, but repeatable. */
export const several = <F extends Flag>(flag: F): F & {isMultiple: true} => ({
	...flag,
	isMultiple: true,
});

/** Flags for how a model is read: its input size, layout and output. */
export const networkFlags = {
	inputSize: {
		type: 'string',
		value: 'HxW',
		description: "Height and width of the network's input in pixels",
	},
	output: {
		type: 'string',
		value: 'NAME',
		description: 'The output to explain, if the model has several',
	},
	layout: {
		type: 'string',
		value: 'LAYOUT',
		choices: ['NCHW', 'NHWC'],
		description: 'Layout of the input, if the guess is wrong',
	},
} as const;

/** Flags for what a manifest can say; they override it. */
export const manifestFlags = {
	...networkFlags,
	preset: {
		type: 'string',
		value: 'NAME',
		choices: ['imagenet', 'caffe', 'tf', 'unit', 'raw'],
		description:
			'Prepare images in a common way; --scale, --mean and so on change parts of it',
	},
	channelOrder: {
		type: 'string',
		value: 'ORDER',
		choices: ['RGB', 'BGR'],
		description: 'Order of the colour channels, if not RGB',
	},
	scale: {
		type: 'number',
		value: 'FACTOR',
		description: 'Factor for pixel values (0–255), if not 1/255 (0.00392157)',
	},
	mean: {
		type: 'string',
		value: 'R,G,B',
		description: 'Subtracted from each channel after scaling',
	},
	std: {
		type: 'string',
		value: 'R,G,B',
		description: 'Divides each channel after that',
	},
	fit: {
		type: 'string',
		value: 'HOW',
		choices: ['stretch', 'crop', 'pad'],
		description:
			'How an image of another shape is made to fit, if not stretched',
	},
	labels: {
		type: 'string',
		value: 'imagenet|FILE',
		description:
			"Class names: imagenet, imagenet-1001 (background first), or a file with one name per line, JSON, or {0: 'cat', 1: 'dog'}",
	},
	palette: {
		type: 'string',
		value: 'NAME|FILE',
		description:
			'Class names and colours: voc, cityscapes, camvid, ade20k or a JSON file',
	},
} as const;

/** Finds the named model's file. @throws {UsageError} If no model is named. */
export const requireModel = (model: string | undefined): string => {
	if (model === undefined) {
		throw new UsageError(
			'No model is given; add --model MODEL, as in --model street',
		);
	}

	return findModel(model);
};

const sizePattern = /^(?<height>[1-9]\d{0,4})x(?<width>[1-9]\d{0,4})$/v;

const parseSize = (text: string): [number, number] => {
	const groups = sizePattern.exec(text)?.groups;
	const size = [Number(groups?.height), Number(groups?.width)] as const;
	if (!groups || Math.max(...size) > 16_384) {
		throw new UsageError(
			`--input-size "${text}" is not a size; write HEIGHTxWIDTH in pixels, as in 384x640, each up to 16384`,
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
			`--${flag} "${text}" is not a list of ${flag === 'std' ? 'numbers above 0' : 'numbers'}; write one per channel, as in 0.485,0.456,0.406`,
		);
	}

	return numbers;
};

/** Loads the built-in labels only when needed. */
const readLabels = async (nameOrFile: string) => {
	const {loadLabels} = await import('../../data/labels.js');
	return loadLabels(nameOrFile);
};

/**
Collects what the flags say about a model; only what was given.

@throws {UsageError} If a value cannot be read.
*/
export const manifestOf = async ({
	inputSize,
	output,
	layout,
	preset,
	channelOrder,
	scale,
	mean,
	std,
	fit,
	labels,
	palette,
}: Partial<FlagValues<typeof manifestFlags>>): Promise<Manifest> => {
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
		preset,
		channelOrder,
		scale,
		resize: fit,
		palette,
	};
	return Object.fromEntries(
		Object.entries(given).filter(([, value]) => value !== undefined),
	);
};
