import type * as tf from '@tensorflow/tfjs-core';
import {numberAttribute} from '../../node/attributes.js';
import type {NodeView} from '../../node/view.js';
import type {Window, WindowAxis} from './window.js';
import {
	asPicture,
	asPlane,
	convolveGroups,
	flatAxis,
} from './lower-convolution.js';

/** Converts `[Cin, Cout / groups, …kernel]` to the weights of a convolution over zero-stuffed input: rotated by 180°, `[height, width, Cin / groups, Cout]`, or `[height, width, Cin, multiplier]` for a depthwise one. */
export const toStuffedWeights = (
	engine: typeof tf,
	weights: tf.Tensor,
	{node, inputs}: NodeView,
): tf.Tensor => {
	const [channels, outputsEach, ...kernel] = weights.shape;
	const [height, width] = asPlane(node, kernel);
	const groups = numberAttribute(node, 'group', 1);
	const grouped = engine.reshape(weights, [
		groups,
		(channels / groups) * outputsEach,
		height * width,
	]);
	const turned = engine.reverse(grouped, 2);
	if (groups > 1 && groups === inputs[0]!.shape[1]) {
		return engine.reshape(engine.transpose(turned, [2, 0, 1]), [
			height,
			width,
			groups,
			outputsEach,
		]);
	}

	const split = engine.reshape(turned, [
		groups,
		channels / groups,
		outputsEach,
		height * width,
	]);
	return engine.reshape(engine.transpose(split, [3, 1, 0, 2]), [
		height,
		width,
		channels / groups,
		groups * outputsEach,
	]);
};

/** Inserts zeros between the elements of an axis, then pads or crops so that a window of stride 1 fits. */
const stuffAxis = (
	engine: typeof tf,
	x: tf.Tensor,
	at: number,
	{inner, outer, kernel, stride, dilation, begin}: WindowAxis,
): tf.Tensor => {
	const before = x.shape.slice(0, at);
	const behind = x.shape.slice(at + 1);
	const flat = engine.reshape(x, [-1, 1, behind.reduce((a, b) => a * b, 1)]);
	const stuffed = engine.reshape(
		engine.pad(flat, [
			[0, 0],
			[0, stride - 1],
			[0, 0],
		]),
		[...before, outer * stride, ...behind],
	);
	const reach = dilation * (kernel - 1);
	const first = reach - begin;
	const last = inner + reach - first - outer * stride;
	const sizes = [...stuffed.shape];
	sizes[at] += Math.min(first, 0) + Math.min(last, 0);
	const cut = engine.slice(
		stuffed,
		sizes.map((_, axis) => (axis === at ? Math.max(-first, 0) : 0)),
		sizes,
	);
	return engine.pad(
		cut,
		sizes.map((_, axis): [number, number] =>
			axis === at ? [Math.max(first, 0), Math.max(last, 0)] : [0, 0],
		),
	);
};

/**
A transposed convolution of `[N, H, W, C]` (or a sequence `[N, C, length]`), with its bias.

Computed as a convolution over zero-stuffed input, since TensorFlow.js's own is ten times slower on WebAssembly and supports neither groups nor dilations.
*/
export const lowerTransposedConvolution = (
	engine: typeof tf,
	[input, weights, bias]: ReadonlyArray<tf.Tensor | undefined>,
	{window, groups}: {readonly window: Window; readonly groups: number},
): tf.Tensor => {
	const isSequence = window.length === 1;
	const picture = isSequence
		? engine.transpose(engine.expandDims(input!, 2), [0, 2, 3, 1])
		: input!;
	const [rows, columns] = isSequence ? [flatAxis, window[0]] : window;
	const stuffed = stuffAxis(
		engine,
		stuffAxis(engine, picture, 1, rows),
		2,
		columns,
	);
	const result = convolveGroups(
		engine,
		asPicture(engine, stuffed),
		asPicture(engine, weights!),
		{
			groups,
			pads: [
				[0, 0],
				[0, 0],
				[0, 0],
				[0, 0],
			],
			strides: [1, 1],
			dilations: [rows.dilation, columns.dilation],
		},
	);
	const biased = bias ? engine.add(result, bias) : result;
	return isSequence
		? engine.squeeze(engine.transpose(biased, [0, 3, 1, 2]), [2])
		: biased;
};
