import type * as tf from '@tensorflow/tfjs-core';
import {elementCount, numbersOf, tensorOf} from '../../../graph/tensor.js';
import {numberAttribute} from '../../node/attributes.js';
import type {Operator} from '../../operator.js';
import type {NodeView} from '../../node/view.js';
import {axisOf, shapeOf} from '../../node/shapes.js';

const axisIn = (view: NodeView) =>
	axisOf(view, numberAttribute(view.node, 'axis', 0), shapeOf(view, 0).length);

const resultShape = (view: NodeView) => {
	const isKept = numberAttribute(view.node, 'keepdims', 1) !== 0;
	const axis = axisIn(view);
	return shapeOf(view, 0).flatMap((size, at) =>
		at === axis ? (isKept ? [1] : []) : [size],
	);
};

const takesLast = ({node}: NodeView) =>
	numberAttribute(node, 'select_last_index', 0) !== 0;

/** An operator that answers where along an axis the best element is, as ArgMax does. */
export const bestIndex = (
	name: string,
	isBetter: (a: number, b: number) => boolean,
	lower: (engine: typeof tf, x: tf.Tensor, axis: number) => tf.Tensor,
): Operator => ({
	infer: (view) => [{type: 'int64', shape: resultShape(view)}],
	evaluate(view, [x]) {
		const shape = shapeOf(view, 0);
		const axis = axisIn(view);
		const numbers = numbersOf(x!);
		const inner = elementCount(shape.slice(axis + 1));
		const size = shape[axis];
		const best = Array.from(
			{length: elementCount(shape) / size},
			(_, index) => {
				const start =
					Math.floor(index / inner) * size * inner + (index % inner);
				let at = 0;
				for (let candidate = 1; candidate < size; candidate++) {
					const [a, b] = [candidate, at].map(
						(position) => numbers[start + position * inner],
					);
					if (isBetter(a, b) || (takesLast(view) && a === b)) {
						at = candidate;
					}
				}

				return at;
			},
		);
		return [tensorOf('int64', best, resultShape(view))];
	},
	blocks: `${name} is a step function, whose derivative is zero`,
	lower: {
		layout: 'onnx',
		apply(engine, view, [x]) {
			const axis = axisIn(view);
			const index = takesLast(view)
				? engine.sub(
						shapeOf(view, 0)[axis] - 1,
						lower(engine, engine.reverse(x!, axis), axis),
					)
				: lower(engine, x!, axis);
			return engine.reshape(index, [...resultShape(view)]);
		},
	},
});
