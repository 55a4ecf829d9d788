import {elementCount} from '../../graph/tensor.js';
import type {Adjoint} from '../adjoint/adjoint.js';
import {channelCount, positionCount} from '../adjoint/extent.js';
import {numberAttribute} from '../node/attributes.js';
import {loweredAxis} from '../rules/layout.js';
import type {Operator} from '../operator.js';
import type {NodeView} from '../node/view.js';
import {axisOf, shapeOf} from '../node/shapes.js';

const axisAlong = (view: NodeView): number =>
	axisOf(view, numberAttribute(view.node, 'axis', -1), shapeOf(view, 0).length);

/** `g − eʸ Σ g` along lists of `length` elements that lie `stride` apart; `offset` finds an element of y. */
const passBack = (
	g: Float32Array,
	y: Float32Array,
	{
		length,
		stride,
		offset,
	}: {
		readonly length: number;
		readonly stride: number;
		readonly offset: (index: number) => number;
	},
): Float32Array => {
	const result = new Float32Array(g.length);
	for (let begin = 0; begin < g.length; begin++) {
		if (Math.trunc(begin / stride) % length !== 0) {
			continue;
		}

		let sum = 0;
		for (let index = 0; index < length; index++) {
			sum += g[begin + index * stride];
		}

		for (let index = 0; index < length; index++) {
			const at = begin + index * stride;
			result[at] = g[at] - Math.exp(y[offset(at)]) * sum;
		}
	}

	return result;
};

/** The logarithm of the softmax along one axis. @see https://onnx.ai/onnx/operators/onnx__LogSoftmax.html */
export const LogSoftmax: Operator = {
	infer: (view) => [{type: 'float32', shape: shapeOf(view, 0)}],
	adjoint: {
		needs: () => ({outputs: [0]}),
		dense(context, [adjoint]) {
			const shape = shapeOf(context, 0);
			const axis = axisAlong(context);
			const size = elementCount(shape);
			const data = passBack(adjoint!.data, context.output(0), {
				length: shape[axis],
				stride: elementCount(shape.slice(axis + 1)),
				offset: (index) => index % size,
			});
			return [{...adjoint!, data}];
		},
		sparse(context, [adjoint]) {
			const {shape, uniform, rows, positions} = adjoint!;
			if (axisAlong(context) !== 1 || uniform) {
				return undefined;
			}

			const channels = channelCount(shape);
			const space = positionCount(shape);
			const softened: Adjoint = {
				...adjoint!,
				rows: passBack(rows, context.output(0), {
					length: channels,
					stride: 1,
					offset: (index) =>
						(index % channels) * space +
						positions[Math.trunc(index / channels)],
				}),
			};
			return [softened];
		},
	},
	lower: {
		apply(engine, view, [x]) {
			const axis = loweredAxis(axisAlong(view), shapeOf(view, 0).length);
			const shifted = engine.sub(x!, engine.max(x!, axis, true));
			return engine.sub(
				shifted,
				engine.log(engine.sum(engine.exp(shifted), axis, true)),
			);
		},
	},
};
