import {elementCount} from '../../graph/tensor.js';
import {axesOfSpace, globalShape} from '../families/window/global-pool.js';
import type {Operator} from '../operator.js';
import {shapeOf} from '../node/shapes.js';

/** The largest element over space; the derivative goes to it, or to the first of several. @see https://onnx.ai/onnx/operators/onnx__GlobalMaxPool.html */
export const GlobalMaxPool: Operator = {
	infer: (view) => [{type: 'float32', shape: globalShape(view)}],
	adjoint: {
		needs: () => ({inputs: [0], outputs: [0]}),
		dense(context, [adjoint]) {
			const shape = shapeOf(context, 0);
			const space = elementCount(shape.slice(2));
			const x = context.input(0);
			const maxima = context.output(0);
			const {seeds, data: passed} = adjoint!;
			const data = new Float32Array(passed.length * space);
			for (const [plane, maximum] of maxima.entries()) {
				const at = x.indexOf(maximum, plane * space) - plane * space;
				for (let seed = 0; seed < seeds; seed++) {
					const index = seed * maxima.length + plane;
					data[index * space + at] = passed[index];
				}
			}

			return [{kind: 'dense', seeds, shape, data}];
		},
	},
	lower: {
		apply: (engine, view, [x]) => engine.max(x!, axesOfSpace(view), true),
	},
};
