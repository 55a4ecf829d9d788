import type * as tf from '@tensorflow/tfjs-core';
import {
	elementCount,
	numbersOf,
	tensorOf,
	type Tensor,
} from '../../../graph/tensor.js';
import {broadcastOffset} from '../../adjoint/broadcast.js';
import {alignRank} from '../../rules/layout.js';
import type {Operator} from '../../operator.js';
import {broadcastShapes, shapeOf} from '../../node/shapes.js';

/** A yes or no about two numbers, and the same in TensorFlow.js. */
type CompareRule = {
	readonly value: (a: number, b: number) => boolean;
	readonly lower: (engine: typeof tf, a: tf.Tensor, b: tf.Tensor) => tf.Tensor;
};

/**
An operator that compares two tensors, which broadcast.

@see https://onnx.ai/onnx/repo-docs/Broadcasting.html
*/
export const comparing = (name: string, rule: CompareRule): Operator => ({
	infer: (view) => [
		{
			type: 'bool',
			shape: broadcastShapes(view, shapeOf(view, 0), shapeOf(view, 1)),
		},
	],
	evaluate(view, inputs) {
		const shape = broadcastShapes(view, shapeOf(view, 0), shapeOf(view, 1));
		const [a, b] = inputs.map((tensor) => readerOf(tensor!, shape));
		return [
			tensorOf(
				'bool',
				Array.from({length: elementCount(shape)}, (_, offset) =>
					Number(rule.value(a(offset), b(offset))),
				),
				shape,
			),
		];
	},
	blocks: `${name} only says yes or no, whose derivative is zero`,
	lower: {
		apply(engine, view, [a, b]) {
			const {length: rank} = view.outputs[0].shape;
			return rule.lower(
				engine,
				alignRank(engine, a!, rank),
				alignRank(engine, b!, rank),
			);
		},
	},
});

const readerOf = (tensor: Tensor, shape: readonly number[]) => {
	const numbers = numbersOf(tensor);
	const offsetIn = broadcastOffset(tensor.shape, shape);
	return (offset: number) => numbers[offsetIn(offset)];
};
