import type * as tf from '@tensorflow/tfjs-core';
import {loweredAxis} from '../../rules/layout.js';
import type {Window, WindowAxis} from './window.js';

/** Padding behind the last element that the last window reaches: more than the node declares, with ceil_mode. */
const reachedEnd = ({
	inner,
	outer,
	kernel,
	stride,
	dilation,
	begin,
}: WindowAxis) =>
	Math.max(
		0,
		(outer - 1) * stride + dilation * (kernel - 1) + 1 - inner - begin,
	);

/** A picture with the padding that its window reaches. */
export const padWindow = (
	engine: typeof tf,
	x: tf.Tensor,
	window: Window,
	value: number,
): tf.Tensor => {
	const pads = x.shape.map((): [number, number] => [0, 0]);
	for (const [index, axis] of window.entries()) {
		pads[loweredAxis(index + 2, x.rank)] = [axis.begin, reachedEnd(axis)];
	}

	return pads.some((pair) => Math.max(...pair) > 0)
		? engine.pad(x, pads, value)
		: x;
};

type Pool = {
	/** The value of the padding. */
	readonly padding: number;
	/** Pools a picture `[N, H, W, C]`, without dilation. */
	readonly pool: (
		x: tf.Tensor4D,
		kernel: [number, number],
		strides: [number, number],
	) => tf.Tensor;
	/** Combines two taps, for windows that TensorFlow.js has no pool for. */
	readonly join: (a: tf.Tensor, b: tf.Tensor) => tf.Tensor;
};

/** A pool over a window of any rank, in the layout of lowerings. */
export const lowerPool = (
	engine: typeof tf,
	x: tf.Tensor,
	window: Window,
	{padding, pool, join}: Pool,
): tf.Tensor => {
	const padded = padWindow(engine, x, window, padding);
	if (x.rank === 4 && window.every(({dilation}) => dilation === 1)) {
		const [batch, height, width, channels] = padded.shape;
		const [rows, columns] = window;
		return pool(
			engine.reshape<tf.Rank.R4>(padded, [batch, height, width, channels]),
			[rows.kernel, columns.kernel],
			[rows.stride, columns.stride],
		);
	}

	let [result, ...taps] = sliceTaps(engine, padded, window);
	for (const tap of taps) {
		result = join(result, tap);
	}

	return result;
};

/** By tap, what it reads of a padded picture, for every place of the window. */
export const sliceTaps = (
	engine: typeof tf,
	padded: tf.Tensor,
	window: Window,
): readonly tf.Tensor[] => {
	let taps = [padded];
	for (const [index, axis] of window.entries()) {
		const at = loweredAxis(index + 2, padded.rank);
		taps = taps.flatMap((tensor) =>
			Array.from({length: axis.kernel}, (_, tap) =>
				sliceTap(engine, tensor, axis, {at, tap}),
			),
		);
	}

	return taps;
};

/** What one tap reads along an axis, for every place of the window. */
const sliceTap = (
	engine: typeof tf,
	tensor: tf.Tensor,
	{outer, stride, dilation}: WindowAxis,
	{at, tap}: {readonly at: number; readonly tap: number},
): tf.Tensor => {
	const begin = tensor.shape.map(() => 0);
	const end = [...tensor.shape];
	const strides = tensor.shape.map(() => 1);
	begin[at] = tap * dilation;
	end[at] = tap * dilation + (outer - 1) * stride + 1;
	strides[at] = stride;
	return engine.stridedSlice(tensor, begin, end, strides);
};
