import {ModelError, UsageError} from '../errors.js';
import type {DeclaredValue, ModelFile} from '../formats/model-file.js';
import type {Shape} from '../graph/tensor.js';
import type {Manifest} from './manifest.js';
import {guessPreset, presets, type Preset} from './presets.js';

/** A height and a width in pixels. */
export type InputSize = {readonly height: number; readonly width: number};

/** How a network wants an image, with everything decided. */
export type InputFormat = {
	/** The name of the input. */
	readonly name: string;
	readonly channels: number;
	readonly layout: NonNullable<Manifest['layout']>;
	readonly channelOrder: NonNullable<Manifest['channelOrder']>;
	readonly resize: NonNullable<Manifest['resize']>;
	/** What a pixel (0–255) is multiplied by, before the mean is taken off. */
	readonly scale: number;
	/** By channel. */
	readonly mean: readonly number[];
	/** By channel. */
	readonly std: readonly number[];
	/** The size that the model fixes; a side is undefined where it takes many. */
	readonly fixed: {readonly height?: number; readonly width?: number};
} & Pick<Preset, 'cropShare' | 'smallestSide' | 'keepsAspect'>;

const repeat = (values: readonly number[], channels: number) =>
	values.length === 1
		? Array.from({length: channels}, () => values[0])
		: values;

/** The one input that an image goes into. @throws {ModelError} When there are several or none, or it is no picture. */
const findImageInput = ({inputs}: ModelFile): DeclaredValue => {
	const [input, ...others] = inputs;
	if (!input || others.length > 0) {
		throw new ModelError(
			inputs.length === 0
				? 'The model has no input; export it again'
				: `The model has ${inputs.length} inputs (${inputs.map(({name}) => name).join(', ')}); export it with the image as the only one`,
		);
	}

	if (input.shape && input.shape.length !== 4) {
		throw new ModelError(
			`The model's input "${input.name}" has shape [${input.shape.map((size) => size ?? '?').join(', ')}], which is no picture [1, channels, height, width]; use a model of images`,
		);
	}

	if (input.type !== 'float32') {
		throw new ModelError(
			`The model's input "${input.name}" takes ${input.type} numbers, through which no derivative is known; export it with a float32 input`,
		);
	}

	return input;
};

const numeric = (size: unknown) =>
	typeof size === 'number' ? size : undefined;

/** Whether a declared shape has its channels last: only there stands a number that a picture's channels can be. */
const looksLikeNhwc = (shape: DeclaredValue['shape']) => {
	const [, first, , last] = (shape ?? []).map((size) => numeric(size));
	const isChannels = (size: number | undefined) =>
		size !== undefined && size <= 4;
	return isChannels(last) && !isChannels(first);
};

/** What the first convolution takes, where the model itself does not say how many channels it has. */
const channelsOfWeights = ({nodes, constants}: ModelFile, input: string) => {
	const conv = nodes.find(
		({opType, inputs}) => opType === 'Conv' && inputs[0] === input,
	);
	return conv && constants.get(conv.inputs[1])?.shape[1];
};

/**
Decides what pixels become: what is asked for, what the network's name suggests, or ImageNet's numbers, which most networks of colours were trained with, but for those of TensorFlow.

@returns The preset, if there is one; the range it or a guess gives; and the guess in words.
*/
const decideRange = (
	model: Pick<ModelFile, 'name'> & Pick<InputFormat, 'layout'>,
	manifest: Manifest,
	channels: number,
): {preset?: Preset; range: Preset; guess?: string} => {
	const {preset: named, scale, mean, std} = manifest;
	if (named !== undefined) {
		return {preset: presets[named], range: presets[named]};
	}

	if ([scale, mean, std].some((part) => part !== undefined)) {
		return {range: presets.unit};
	}

	const family = channels === 3 ? guessPreset(model) : undefined;
	if (family !== undefined) {
		const preset = presets[family];
		return {
			preset,
			range: preset,
			guess: `are prepared by the preset ${family} (${preset.description}), as the name "${model.name}" suggests`,
		};
	}

	return channels === 3 && model.layout !== 'NHWC'
		? {range: presets.imagenet, guess: 'are normalised as for ImageNet'}
		: {range: presets.unit, guess: 'go in as 0–1'};
};

/**
Decides how a network wants an image: from its manifest, from what the model declares, and where both are silent by a guess.

@returns The format, and the guesses in words.
@throws {ModelError} When no image fits the model.
@throws {UsageError} When the manifest does not fit it.
*/
export const decideInputFormat = (
	model: ModelFile,
	manifest: Manifest,
): {format: InputFormat; guesses: readonly string[]} => {
	const input = findImageInput(model);
	const guesses: string[] = [];
	const layout =
		manifest.layout ??
		model.layout ??
		(looksLikeNhwc(input.shape) ? 'NHWC' : 'NCHW');
	const sizes = (input.shape ?? []).map((size) => numeric(size));
	const [channelAxis, heightAxis, widthAxis] =
		layout === 'NCHW' ? [1, 2, 3] : [3, 1, 2];
	const channels =
		sizes[channelAxis] ?? channelsOfWeights(model, input.name) ?? 3;

	const {preset, range, guess} = decideRange(
		{name: model.name, layout},
		manifest,
		channels,
	);
	if (guess !== undefined) {
		guesses.push(
			`pixels ${guess} (--preset, or --scale, --mean and --std, changes that)`,
		);
	}

	const scale = manifest.scale ?? range.scale;
	const mean = repeat(manifest.mean ?? range.mean, channels);
	const std = repeat(manifest.std ?? range.std, channels);
	for (const [name, values] of Object.entries({mean, std})) {
		if (values.length !== channels) {
			throw new UsageError(
				`The ${name} has ${values.length} numbers (${values.join(', ')}) for ${channels} channels; give one a channel`,
			);
		}
	}

	return {
		format: {
			name: input.name,
			channels,
			layout,
			channelOrder: manifest.channelOrder ?? preset?.channelOrder ?? 'RGB',
			resize: manifest.resize ?? preset?.resize ?? 'stretch',
			cropShare: preset?.cropShare,
			smallestSide: preset?.smallestSide,
			keepsAspect: preset?.keepsAspect,
			scale,
			mean,
			std,
			fixed: {height: sizes[heightAxis], width: sizes[widthAxis]},
		},
		guesses,
	};
};

/** The shape of the input for a size. */
export const inputShape = (
	{layout, channels}: InputFormat,
	{height, width}: InputSize,
): Shape =>
	layout === 'NCHW'
		? [1, channels, height, width]
		: [1, height, width, channels];

/** Sides of an image that a network with open sizes gets: what most of them can halve five times, and what keeps an explanation fast. */
const usual = {min: 32, max: 512, multipleOf: 32} as const;

/** Where no image is at hand, as when layers are listed. */
const usualSize: InputSize = {height: 512, width: 512};

/**
Decides the size that an image is brought to: what is asked for, what the model fixes, or, where it takes many, the image's own within bounds.

@throws {UsageError} When another size is asked for than the model fixes.
*/
export const decideInputSize = (
	{fixed, smallestSide, keepsAspect}: InputFormat,
	{inputSize, inputRange}: Manifest,
	image: InputSize = usualSize,
): {size: InputSize; isGuess: boolean} => {
	if (inputSize) {
		const [height, width] = inputSize;
		if (
			(fixed.height ?? height) !== height ||
			(fixed.width ?? width) !== width
		) {
			throw new UsageError(
				`The model takes ${fixed.height ?? 'any'}x${fixed.width ?? 'any'} pixels only, not ${height}x${width}; leave --input-size out, or export the model with open sizes`,
			);
		}

		return {size: {height, width}, isGuess: false};
	}

	if (smallestSide !== undefined && !inputRange) {
		const scale = smallestSide / Math.min(image.height, image.width);
		const sideOf = (side: number) =>
			keepsAspect ? Math.max(1, Math.round(side * scale)) : smallestSide;
		return {
			size: {
				height: fixed.height ?? sideOf(image.height),
				width: fixed.width ?? sideOf(image.width),
			},
			isGuess: false,
		};
	}

	const {min, max, multipleOf} = {...usual, ...inputRange};
	const shrink = Math.min(1, max / Math.max(image.height, image.width));
	const fit = (side: number) =>
		Math.max(
			Math.ceil(min / multipleOf),
			Math.min(
				Math.floor(max / multipleOf),
				Math.round((side * shrink) / multipleOf),
			),
		) * multipleOf;
	return {
		size: {
			height: fixed.height ?? fit(image.height),
			width: fixed.width ?? fit(image.width),
		},
		isGuess: fixed.height === undefined || fixed.width === undefined,
	};
};
