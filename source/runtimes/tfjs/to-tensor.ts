import type * as tf from '@tensorflow/tfjs-core';
import type {Tensor} from '../../graph/tensor.js';

const largest = 2 ** 31 - 1;

/** TensorFlow.js has no 64-bit integers; what doesn't fit stands for "to the end" anyway. */
const toInt32 = (value: bigint | number): number =>
	Math.min(Math.max(Number(value), -largest), largest);

/** Copies a tensor to the device, as ONNX has it. Of integers there is int32 only. */
export const toTensor = (
	engine: typeof tf,
	{type, shape, data}: Tensor,
): tf.Tensor => {
	if (data instanceof Float32Array) {
		return engine.tensor(data, [...shape], 'float32');
	}

	if (type === 'bool' && data instanceof Uint8Array) {
		return engine.tensor(data, [...shape], 'bool');
	}

	const integers =
		data instanceof Int32Array
			? data
			: Int32Array.from<bigint | number>(data, toInt32);
	return engine.tensor(integers, [...shape], 'int32');
};
