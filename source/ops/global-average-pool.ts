import {elementCount, type Shape} from '../graph/tensor.js';
import {positionCount} from './adjoint/extent.js';
import {sumOverSpace, zeroAdjoint} from './adjoint/rows.js';
import type {NodeView, Operator} from './operator.js';
import {shapeOf} from './shapes.js';

/** `[N, C, 1 …]` */
const pooledShape = (view: NodeView): Shape =>
	shapeOf(view, 0).map((size, axis) => (axis < 2 ? size : 1));

/** The mean over space: the same derivative at every position, which is what the uniform term is for. @see https://onnx.ai/onnx/operators/onnx__GlobalAveragePool.html */
export const GlobalAveragePool: Operator = {
	infer: (view) => [{type: 'float32', shape: pooledShape(view)}],
	adjoint: {
		dense(context, [adjoint]) {
			const shape = shapeOf(context, 0);
			const space = elementCount(shape.slice(2));
			const data = new Float32Array(adjoint!.data.length * space);
			for (const [index, value] of adjoint!.data.entries()) {
				data.fill(value / space, index * space, (index + 1) * space);
			}

			return [{kind: 'dense', seeds: adjoint!.seeds, shape, data}];
		},
		sparse(context, [adjoint]) {
			const shape = shapeOf(context, 0);
			const space = positionCount(shape);
			return [
				{
					...zeroAdjoint(adjoint!.seeds, shape),
					uniform: sumOverSpace(adjoint!).map((value) => value / space),
				},
			];
		},
	},
	lower: {
		apply: (engine, view, [x]) =>
			engine.mean(
				x!,
				x!.rank === 4
					? [1, 2]
					: shapeOf(view, 0)
							.map((_, axis) => axis)
							.slice(2),
				true,
			),
	},
};
