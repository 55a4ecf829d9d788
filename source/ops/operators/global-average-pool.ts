import {elementCount} from '../../graph/tensor.js';
import {positionCount} from '../adjoint/extent.js';
import {sumOverSpace, zeroAdjoint} from '../adjoint/rows.js';
import {expandTo, weigh} from '../rules/cotangent.js';
import type {Operator} from '../operator.js';
import {axesOfSpace, globalShape} from '../families/window/global-pool.js';
import {shapeOf} from '../node/shapes.js';
import {linear} from '../rules/tangent.js';

/** The mean over space. Its derivative is the same at every position: the uniform term of a sparse adjoint. @see https://onnx.ai/onnx/operators/onnx__GlobalAveragePool.html */
export const GlobalAveragePool: Operator = {
	infer: (view) => [{type: 'float32', shape: globalShape(view)}],
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
		spreadsEvenly: () => true,
	},
	tangent: linear,
	cotangent(context) {
		const shape = shapeOf(context, 0);
		const share = weigh(
			context,
			context.adjoints[0]!,
			1 / positionCount(shape),
		);
		return [expandTo(context, share, shape)];
	},
	lower: {
		apply: (engine, view, [x]) => engine.mean(x!, axesOfSpace(view), true),
	},
};
