import type * as tf from '@tensorflow/tfjs-core';

/** A rank-4 tensor in ONNX's layout; only reshaped where nothing moves in memory. */
export const toNchw = (engine: typeof tf, nhwc: tf.Tensor): tf.Tensor => {
	const [batch, height, width, channels] = nhwc.shape as number[];
	return channels === 1 || height * width === 1
		? engine.reshape(nhwc, [batch, channels, height, width])
		: engine.transpose(nhwc, [0, 3, 1, 2]);
};

/** A rank-4 tensor in TensorFlow.js's layout. */
export const toNhwc = (engine: typeof tf, nchw: tf.Tensor): tf.Tensor => {
	const [batch, channels, height, width] = nchw.shape as number[];
	return channels === 1 || height * width === 1
		? engine.reshape(nchw, [batch, height, width, channels])
		: engine.transpose(nchw, [0, 2, 3, 1]);
};

/** The axis of a lowered tensor that an ONNX axis becomes. */
export const loweredAxis = (axis: number, rank: number): number =>
	rank === 4 ? [0, 3, 1, 2][axis] : axis;

/** A list by ONNX axis (sizes, repeats, starts), reordered to the axes that a lowering sees. */
export const loweredList = <Element>(list: readonly Element[]): Element[] =>
	list.length === 4 ? [list[0], list[2], list[3], list[1]] : [...list];

/** Reshapes in ONNX's element order, whichever layout the tensor has. */
export const reshapeAsOnnx = (
	engine: typeof tf,
	tensor: tf.Tensor,
	shape: readonly number[],
): tf.Tensor => {
	const asOnnx = tensor.rank === 4 ? toNchw(engine, tensor) : tensor;
	const reshaped = engine.reshape(asOnnx, [...shape]);
	return shape.length === 4 ? toNhwc(engine, reshaped) : reshaped;
};

/** Adds leading axes of size 1, to broadcast at a given rank. */
export const alignRank = (
	engine: typeof tf,
	tensor: tf.Tensor,
	rank: number,
): tf.Tensor => {
	if (tensor.rank === rank) {
		return tensor;
	}

	const [batch, height, width, channels] = tensor.shape;
	const shape =
		tensor.rank === 4 ? [batch, channels, height, width] : tensor.shape;
	const missing = Array.from({length: rank - tensor.rank}, () => 1);
	return reshapeAsOnnx(engine, tensor, [...missing, ...shape]);
};
