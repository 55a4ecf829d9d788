import {ModelError, UsageError} from '../../errors.js';
import type {DeclaredValue, ModelFile} from '../../formats/model-file.js';
import type {Manifest} from '../model/manifest.js';
import {guessByNodes} from './guess-by-nodes.js';
import type {Layout} from './layout.js';
import {guessPreset, presets, type Preset} from './presets.js';

/** How a network takes an image, with every decision made. */
export type InputFormat = {
	/** The name of the input. */
	readonly name: string;
	readonly channels: number;
	readonly layout: Layout;
	readonly channelOrder: NonNullable<Manifest['channelOrder']>;
	readonly resize: NonNullable<Manifest['resize']>;
	/** The factor of a pixel (0–255), before the mean is subtracted. */
	readonly scale: number;
	/** By channel. */
	readonly mean: readonly number[];
	/** By channel. */
	readonly std: readonly number[];
	/** The size that the model requires; a side is undefined where it takes several. */
	readonly fixed: {readonly height?: number; readonly width?: number};
} & Pick<Preset, 'cropShare' | 'smallestSide' | 'keepsAspect'>;

const repeat = (values: readonly number[], channels: number) =>
	values.length === 1
		? Array.from({length: channels}, () => values[0])
		: values;

const describeShape = (shape: DeclaredValue['shape']) =>
	`[${shape?.map((size) => size ?? '?').join(', ')}]`;

/** The only input that an image fits. @throws {ModelError} If there are several or none, or it is not a picture. */
const findImageInput = ({inputs, nodes}: ModelFile): DeclaredValue => {
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
			`The model's input "${input.name}" has shape ${describeShape(input.shape)}, which is not a picture [1, channels, height, width]; use a model of images`,
		);
	}

	// A quantised network's use of bytes is not visible from outside.
	const isRead =
		input.type === 'float32' ||
		(input.type === 'uint8' &&
			nodes.every(({opType}) => opType !== 'DequantizeLinear'));
	if (!isRead) {
		throw new ModelError(
			`The model's input "${input.name}" takes ${input.type} numbers, through which no derivative is known; export it with a float32 input`,
		);
	}

	return input;
};

const numeric = (size: unknown) =>
	typeof size === 'number' ? size : undefined;

const isChannels = (size: number | undefined) =>
	size !== undefined && size <= 4;

/** The layout that a declared shape reveals: the axis with a plausible number of channels. */
const shownLayout = (shape: DeclaredValue['shape']) => {
	const [, first, , last] = (shape ?? []).map((size) => numeric(size));
	if (isChannels(first) === isChannels(last)) {
		return undefined;
	}

	return isChannels(last) ? 'NHWC' : 'NCHW';
};

/** @throws {UsageError} If the requested layout contradicts the declared shape. */
const decideLayout = (
	{name, shape}: DeclaredValue,
	ofModel: ModelFile['layout'],
	asked: Layout | undefined,
) => {
	const shown = shownLayout(shape);
	if (asked !== undefined && shown !== undefined && asked !== shown) {
		throw new UsageError(
			`The layout ${asked} does not fit the model's input "${name}" of shape ${describeShape(shape)}; write ${shown} or leave it out`,
		);
	}

	return asked ?? ofModel ?? shown ?? 'NCHW';
};

/** The channels that the first convolution takes, where the model does not declare them. */
const channelsOfWeights = ({nodes, constants}: ModelFile, input: string) => {
	const conv = nodes.find(
		({opType, inputs}) => opType === 'Conv' && inputs[0] === input,
	);
	return conv && constants.get(conv.inputs[1])?.shape[1];
};

/** The declared input size; three channels where the model does not say. */
const readSizes = (
	model: ModelFile,
	{name, shape}: DeclaredValue,
	layout: InputFormat['layout'],
) => {
	const [channelAxis, heightAxis, widthAxis] =
		layout === 'NCHW' ? [1, 2, 3] : [3, 1, 2];
	const sizes = (shape ?? []).map((size) => numeric(size));
	return {
		channels: sizes[channelAxis] ?? channelsOfWeights(model, name) ?? 3,
		height: sizes[heightAxis],
		width: sizes[widthAxis],
	};
};

/**
Decides how pixels are scaled: as requested, as the network's first nodes or its names suggest, or by ImageNet's statistics, which most colour networks outside TensorFlow were trained with.

@returns The preset, if any; the range, declared or guessed; and the guess in words.
*/
const decideRange = (
	model: ModelFile,
	input: DeclaredValue,
	manifest: Manifest,
	{channels, layout}: Pick<InputFormat, 'channels' | 'layout'>,
): {preset?: Preset; range: Preset; guess?: string} => {
	const names = {name: model.name, input: input.name, layout};
	const {preset: named, scale, mean, std} = manifest;
	if (named !== undefined) {
		return {preset: presets[named], range: presets[named]};
	}

	if ([scale, mean, std].some((part) => part !== undefined)) {
		return {range: presets.unit};
	}

	if (input.type === 'uint8') {
		return {
			preset: presets.raw,
			range: presets.raw,
			guess: 'stay 0–255, since the input takes bytes',
		};
	}

	const guessed =
		guessByNodes(model, input.name) ??
		(channels === 3 ? guessPreset(names) : undefined);
	if (guessed) {
		const preset = presets[guessed.preset];
		return {
			preset,
			range: preset,
			guess: `are prepared with the preset ${guessed.preset} (${preset.description}), as ${guessed.clue} suggests`,
		};
	}

	return channels === 3 && names.layout !== 'NHWC'
		? {range: presets.imagenet, guess: 'are normalised as for ImageNet'}
		: {range: presets.unit, guess: 'are scaled to 0–1'};
};

/**
Decides how a network takes an image: by its manifest, by what the model declares, and otherwise by guessing.

@returns The format, and the guesses in words.
@throws {ModelError} If no image fits the model.
@throws {UsageError} If the manifest does not fit it.
*/
export const decideInputFormat = (
	model: ModelFile,
	manifest: Manifest,
): {format: InputFormat; guesses: readonly string[]} => {
	const input = findImageInput(model);
	const guesses: string[] = [];
	const layout = decideLayout(input, model.layout, manifest.layout);
	const {channels, ...fixed} = readSizes(model, input, layout);
	const {preset, range, guess} = decideRange(model, input, manifest, {
		channels,
		layout,
	});
	if (guess !== undefined) {
		guesses.push(
			`pixels ${guess} (change that with --preset, or --scale, --mean and --std)`,
		);
	}

	const scale = manifest.scale ?? range.scale;
	const mean = repeat(manifest.mean ?? range.mean, channels);
	const std = repeat(manifest.std ?? range.std, channels);
	for (const [name, values] of Object.entries({mean, std})) {
		if (values.length !== channels) {
			throw new UsageError(
				`The ${name} has ${values.length} numbers (${values.join(', ')}) for ${channels} channels; give one per channel`,
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
			fixed,
		},
		guesses,
	};
};
