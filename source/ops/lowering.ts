import type * as tf from '@tensorflow/tfjs-core';
import type {NodeView} from './operator.js';

/**
An operator in TensorFlow.js.

Tensors of rank 4 arrive and leave as NHWC, all others as ONNX has them; an operator that mixes axes (Reshape, Flatten, Transpose, MatMul, Gather …) sets `layout: 'onnx'` and sees NCHW.
*/
export type Lowering = {
	readonly layout?: 'onnx';
	/** By input: rearranges weights into the layout that `apply` wants to see them in (HWIO for a convolution), from the tensor as ONNX has it. Done once when the network is loaded where the input is a constant, on each run where it is not. */
	readonly weights?: Readonly<
		Record<
			number,
			(engine: typeof tf, tensor: tf.Tensor, view: NodeView) => tf.Tensor
		>
	>;
	/** Runs inside tf.tidy; undefined inputs are optional ones that are left out. Constants are given as tensors too, in the same layout. */
	readonly apply: (
		engine: typeof tf,
		view: NodeView,
		inputs: ReadonlyArray<tf.Tensor | undefined>,
	) => tf.Tensor | readonly tf.Tensor[];
};
