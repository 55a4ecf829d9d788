import type * as tf from '@tensorflow/tfjs-core';
import type {NodeView} from '../node/view.js';

/**
An operator in TensorFlow.js.

Rank-4 tensors come and go as NHWC, all others as in ONNX. An operator that mixes axes (Reshape, Flatten, Transpose, MatMul, Gather …) sets `layout: 'onnx'` and sees NCHW.
*/
export type Lowering = {
	readonly layout?: 'onnx';
	/** By input: converts weights from ONNX's layout to the one that `apply` expects (HWIO for a convolution). Done once at load time where the input is a constant, on each run where it is not. */
	readonly weights?: Readonly<
		Record<
			number,
			(engine: typeof tf, tensor: tf.Tensor, view: NodeView) => tf.Tensor
		>
	>;
	/** Runs inside tf.tidy; inputs left out are undefined. Constants come as tensors too, in the same layout. */
	readonly apply: (
		engine: typeof tf,
		view: NodeView,
		inputs: ReadonlyArray<tf.Tensor | undefined>,
	) => tf.Tensor | readonly tf.Tensor[];
};
