import type * as tf from '@tensorflow/tfjs-core';
import {ModelError} from '../../../errors.js';
import type {Node} from '../../../graph/graph.js';
import {numberAttribute} from '../../node/attributes.js';
import type {NodeView} from '../../node/view.js';
import type {Window, WindowAxis} from './window.js';

type ConvolutionOptions = {readonly window: Window; readonly groups: number};

/** The height and width of a kernel; a list is a picture of height 1. @throws {ModelError} If it has more dimensions. */
export const asPlane = (
	{name}: Pick<Node, 'name'>,
	kernel: readonly number[],
): readonly number[] => {
	if (kernel.length > 2) {
		throw new ModelError(
			`Node ${name}: TensorFlow.js convolves lists and pictures, nothing of ${kernel.length} dimensions; use --runtime onnxruntime`,
		);
	}

	return kernel.length === 1 ? [1, ...kernel] : kernel;
};

/** Converts `[Cout, Cin / groups, …kernel]` to TensorFlow.js's layout: `[height, width, Cin / groups, Cout]`, or `[height, width, Cin, multiplier]` for a depthwise convolution. */
export const toHwio = (
	engine: typeof tf,
	weights: tf.Tensor,
	{node, inputs}: NodeView,
): tf.Tensor => {
	const [outputs, inputsEach, ...kernel] = weights.shape;
	const [height, width] = asPlane(node, kernel);
	const plane = engine.reshape(weights, [outputs, inputsEach, height, width]);
	const groups = numberAttribute(node, 'group', 1);
	return groups > 1 && groups === inputs[0]!.shape[1]
		? engine.transpose(
				engine.reshape(plane, [groups, outputs / groups, height, width]),
				[2, 3, 0, 1],
			)
		: engine.transpose(plane, [2, 3, 1, 0]);
};

/** The axis that a sequence lacks as a picture. */
export const flatAxis: WindowAxis = {
	inner: 1,
	outer: 1,
	kernel: 1,
	stride: 1,
	dilation: 1,
	begin: 0,
	end: 0,
};

/** A convolution of `[N, H, W, C]` (or a sequence `[N, C, length]`), with its bias. */
export const lowerConvolution = (
	engine: typeof tf,
	[input, weights, bias]: ReadonlyArray<tf.Tensor | undefined>,
	{window, groups}: ConvolutionOptions,
): tf.Tensor => {
	const isSequence = window.length === 1;
	const result = convolve(
		engine,
		asPicture(
			engine,
			isSequence
				? engine.transpose(engine.expandDims(input!, 2), [0, 2, 3, 1])
				: input!,
		),
		asPicture(engine, weights!),
		{window: isSequence ? [flatAxis, ...window] : window, groups},
	);
	const biased = bias ? engine.add(result, bias) : result;
	return isSequence
		? engine.squeeze(engine.transpose(biased, [0, 3, 1, 2]), [2])
		: biased;
};

/** A tensor of rank 4, for the type checker. */
export const asPicture = (
	engine: typeof tf,
	tensor: tf.Tensor,
): tf.Tensor4D => {
	const [batch, height, width, channels] = tensor.shape;
	return engine.reshape<tf.Rank.R4>(tensor, [batch, height, width, channels]);
};

type Pair = [number, number];

/** TensorFlow.js cannot combine stride and dilation, and TensorFlow's depthwise convolution cannot stride the axes differently; there, all places are computed, and those in between dropped. */
const convolve = (
	engine: typeof tf,
	input: tf.Tensor4D,
	weights: tf.Tensor4D,
	{window: [rows, columns], groups}: ConvolutionOptions,
): tf.Tensor => {
	const dilations: Pair = [rows.dilation, columns.dilation];
	const strides: Pair = [rows.stride, columns.stride];
	const isStrided = Math.max(...strides) > 1;
	const isDilated = Math.max(...dilations) > 1;
	const isUneven = groups > 1 && rows.stride !== columns.stride;
	const isThinned = isStrided && (isDilated || isUneven);
	const pads: PadList = [
		[0, 0],
		[rows.begin, rows.end],
		[columns.begin, columns.end],
		[0, 0],
	];
	const result = convolveGroups(engine, input, weights, {
		groups,
		pads,
		strides: isThinned ? [1, 1] : strides,
		dilations,
	});
	return isThinned
		? engine.stridedSlice(result, [0, 0, 0, 0], result.shape, [
				1,
				...strides,
				1,
			])
		: result;
};

type PadList = [Pair, Pair, Pair, Pair];

type Steps = {
	readonly groups: number;
	readonly pads: PadList;
	readonly strides: Pair;
	readonly dilations: Pair;
};

/** Convolves each group of channels by itself. */
export const convolveGroups = (
	engine: typeof tf,
	input: tf.Tensor4D,
	weights: tf.Tensor4D,
	{groups, pads, strides, dilations}: Steps,
): tf.Tensor => {
	if (groups === 1) {
		return engine.conv2d(input, weights, strides, pads, 'NHWC', dilations);
	}

	if (groups === input.shape[3]) {
		// Not every backend takes explicit padding for depthwise convolutions.
		const padded = asPicture(engine, engine.pad(input, pads));
		const isDilated = Math.max(...dilations) > 1;
		return isDilated && engine.getBackend() === 'tensorflow'
			? convolveFields(engine, padded, weights, dilations)
			: engine.depthwiseConv2d(
					padded,
					weights,
					strides,
					'valid',
					'NHWC',
					dilations,
				);
	}

	const kernels = engine.split(weights, groups, 3);
	const parts = engine.split(input, groups, 3);
	const {concat} = engine;
	return concat(
		parts.map((part, group) =>
			engine.conv2d(
				asPicture(engine, part),
				asPicture(engine, kernels[group]),
				strides,
				pads,
				'NHWC',
				dilations,
			),
		),
		3,
	);
};

/**
A dilated depthwise convolution without padding, with strides of 1.

TensorFlow's kernels know no dilation, but oneDNN's, which not every processor gets. So the picture is dealt out into a field for each remainder by the dilations, whose neighbours are the elements a dilation apart, as Python's `tf.nn.depthwise_conv2d` does.
*/
const convolveFields = (
	engine: typeof tf,
	input: tf.Tensor4D,
	weights: tf.Tensor4D,
	dilations: Pair,
): tf.Tensor => {
	const [, height, width] = input.shape;
	// Fields are of one size; what is added for that is cropped again.
	const added = [height, width].map((size, axis) => {
		const dilation = dilations[axis];
		return [0, Math.ceil(size / dilation) * dilation - size];
	});
	const fields = engine.spaceToBatchND(input, dilations, added);
	const result = engine.depthwiseConv2d(fields, weights, 1, 'valid');
	return engine.batchToSpaceND(result, dilations, added);
};
