import type * as tf from '@tensorflow/tfjs-core';

/** A rank-4 tensor as ONNX has it; where nothing moves in memory it is only given another shape. */
export const toNchw = (engine: typeof tf, nhwc: tf.Tensor): tf.Tensor => {
	const [batch, height, width, channels] = nhwc.shape as number[];
	return channels === 1 || height * width === 1
		? engine.reshape(nhwc, [batch, channels, height, width])
		: engine.transpose(nhwc, [0, 3, 1, 2]);
};

/** A rank-4 tensor as TensorFlow.js computes with it. */
export const toNhwc = (engine: typeof tf, nchw: tf.Tensor): tf.Tensor => {
	const [batch, channels, height, width] = nchw.shape as number[];
	return channels === 1 || height * width === 1
		? engine.reshape(nchw, [batch, height, width, channels])
		: engine.transpose(nchw, [0, 2, 3, 1]);
};

/** Where an axis of the ONNX value is in the tensor that a lowering sees. */
export const loweredAxis = (axis: number, rank: number): number =>
	rank === 4 ? [0, 3, 1, 2][axis] : axis;

/** A list by ONNX axis (sizes, repeats, starts) in the order of the axes that a lowering sees. */
export const loweredList = <Element>(list: readonly Element[]): Element[] =>
	list.length === 4 ? [list[0], list[2], list[3], list[1]] : [...list];

/** Another shape for the elements in ONNX's order, whichever way the tensor keeps them. */
export const reshapeAsOnnx = (
	engine: typeof tf,
	tensor: tf.Tensor,
	shape: readonly number[],
): tf.Tensor => {
	const asOnnx = tensor.rank === 4 ? toNchw(engine, tensor) : tensor;
	const reshaped = engine.reshape(asOnnx, [...shape]);
	return shape.length === 4 ? toNhwc(engine, reshaped) : reshaped;
};

/** A tensor of lower rank as an operand of a broadcast of this rank: the missing leading axes are 1. */
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
