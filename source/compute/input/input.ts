import {readFile} from 'node:fs/promises';
import {loadImage} from '../../data/image.js';
import {checkInputFile} from '../../data/input-file.js';
import {decodeNpy, type NpyArray} from '../../data/npy.js';
import {UsageError} from '../../errors.js';
import {solidImage, type Image} from '../../raster/image.js';
import type {View} from '../../raster/view.js';
import type {Model} from '../model/load-model.js';
import {inLayout} from './layout.js';
import type {InputSize} from './input-size.js';
import {fitView, preprocess} from './preprocess.js';

/** What is explained: an image, a tensor `[1, C, H, W]` that is fed as it is, or a file of either. */
export type Input = string | Image | NpyArray;

/** A preprocessed input. */
export type PreparedInput = {
	/** In the network's layout. */
	readonly tensor: Float32Array;
	readonly size: InputSize;
	/** What people see; a tensor is rendered as a picture. */
	readonly picture: Image;
	/** The part of the picture that the network sees, in pixels of the picture. */
	readonly view: View;
	/** Guesses made, one sentence each. */
	readonly guesses: readonly string[];
};

/** Renders the first channels of a tensor, contrast stretched. */
const pictureOf = (
	data: Float32Array,
	channels: number,
	{width, height}: InputSize,
): Image => {
	let min = Number.POSITIVE_INFINITY;
	let max = Number.NEGATIVE_INFINITY;
	for (const value of data) {
		min = Math.min(min, value);
		max = Math.max(max, value);
	}

	const image = solidImage(width, height, 0);
	const area = width * height;
	for (let pixel = 0; pixel < area; pixel++) {
		for (let channel = 0; channel < 3; channel++) {
			const source = channels < 3 ? 0 : channel;
			const value = (data[source * area + pixel] - min) / (max - min || 1);
			image.data[pixel * 3 + channel] = Math.round(value * 255);
		}
	}

	return image;
};

const prepareTensor = (
	{shape, data}: NpyArray,
	{format}: Model,
): PreparedInput => {
	const {channels, fixed} = format;
	const [batch, given, height, width] = shape;
	const wanted = `[1, ${channels}, ${fixed.height ?? 'any'}, ${fixed.width ?? 'any'}]`;
	if (
		shape.length !== 4 ||
		batch !== 1 ||
		given !== channels ||
		(fixed.height ?? height) !== height ||
		(fixed.width ?? width) !== width
	) {
		// Channels last, as in TensorFlow, whether or not the model's are.
		const hasChannelsLast = shape.length === 4 && shape[3] === channels;
		throw new UsageError(
			`The tensor has shape [${shape.join(', ')}], but the model takes ${wanted}; save ${hasChannelsLast ? 'array.transpose(0, 3, 1, 2)' : 'it in this shape'}`,
		);
	}

	const strange = data.find((value) => !Number.isFinite(value));
	if (strange !== undefined) {
		throw new UsageError(
			`The tensor holds ${strange}; save finite numbers only`,
		);
	}

	return {
		tensor: inLayout(data, channels, format.layout),
		size: {height, width},
		picture: pictureOf(data, channels, {height, width}),
		view: {x: 0, y: 0, width, height},
		guesses: [],
	};
};

const prepareImage = (image: Image, model: Model): PreparedInput => {
	const {format, guesses} = model;
	if (format.channels !== 1 && format.channels !== 3) {
		throw new UsageError(
			`The model takes ${format.channels} channels, but an image has 3 (or 1, grey); give a .npy tensor [1, ${format.channels}, height, width]`,
		);
	}

	const {size, isGuess} = model.inputSize(image);
	const view = fitView(image, size, format);
	return {
		tensor: preprocess(image, format, size, view),
		size,
		picture: image,
		view,
		guesses: isGuess
			? [
					...guesses,
					`the image is resized to ${size.height}x${size.width} (height x width) pixels (change that with --input-size)`,
				]
			: guesses,
	};
};

const isTensor = (file: string) => file.toLowerCase().endsWith('.npy');

/** Checks that an input file can be read, which is quicker than loading a model. @throws {UsageError} If it cannot. */
export const checkInput = async (file: string): Promise<void> => {
	await checkInputFile(file, isTensor(file) ? 'tensor' : 'image');
};

/**
Preprocesses an input for a model.

@throws {UsageError} If a file cannot be read, or the input does not fit the model.
*/
export const prepareInput = async (
	input: Input,
	model: Model,
): Promise<PreparedInput> => {
	if (typeof input !== 'string') {
		return 'shape' in input
			? prepareTensor(input, model)
			: prepareImage(input, model);
	}

	if (!isTensor(input)) {
		return prepareImage(await loadImage(input), model);
	}

	await checkInput(input);
	return prepareTensor(decodeNpy(await readFile(input), input), model);
};
