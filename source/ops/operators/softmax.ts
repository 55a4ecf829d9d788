import {elementCount, tensorOf} from '../../graph/tensor.js';
import {channelCount, positionCount} from '../adjoint/extent.js';
import {numberAttribute} from '../node/attributes.js';
import {loweredAxis} from '../rules/layout.js';
import type {Operator} from '../operator.js';
import type {NodeView} from '../node/view.js';
import {axisOf, shapeOf} from '../node/shapes.js';

const axisAlong = (view: NodeView): number =>
	axisOf(view, numberAttribute(view.node, 'axis', -1), shapeOf(view, 0).length);

/** `y · (g − Σ g y)` over one list of `length` elements: `g` from `from` on, `stride` apart, and `y` from `at` on, `step` apart. */
const passList = (
	g: Float32Array,
	y: Float32Array,
	result: Float32Array,
	list: {
		readonly length: number;
		readonly from: number;
		readonly stride: number;
		readonly at: number;
		readonly step: number;
	},
): void => {
	const {length, from, stride, at, step} = list;
	let sum = 0;
	for (let index = 0; index < length; index++) {
		sum += g[from + index * stride] * y[at + index * step];
	}

	for (let index = 0; index < length; index++) {
		const to = from + index * stride;
		result[to] = y[at + index * step] * (g[to] - sum);
	}
};

/** Exponentials along one axis, divided by their sum. @see https://onnx.ai/onnx/operators/onnx__Softmax.html */
export const Softmax: Operator = {
	infer: (view) => [{type: 'float32', shape: shapeOf(view, 0)}],
	adjoint: {
		needs: () => ({outputs: [0]}),
		dense(context, [adjoint]) {
			const shape = shapeOf(context, 0);
			const axis = axisAlong(context);
			const length = shape[axis];
			const stride = elementCount(shape.slice(axis + 1));
			const size = elementCount(shape);
			const y = context.output(0);
			const {data: g} = adjoint!;
			const data = new Float32Array(g.length);
			for (let from = 0; from < g.length; from++) {
				if (Math.trunc(from / stride) % length === 0) {
					const at = from % size;
					passList(g, y, data, {length, from, stride, at, step: stride});
				}
			}

			return [{...adjoint!, data}];
		},
		sparse(context, [adjoint]) {
			const {shape, rows: g, positions, uniform} = adjoint!;
			if (axisAlong(context) !== 1 || uniform) {
				return undefined;
			}

			const length = channelCount(shape);
			const step = positionCount(shape);
			const y = context.output(0);
			const rows = new Float32Array(g.length);
			for (const [row, at] of positions.entries()) {
				passList(g, y, rows, {length, from: row * length, stride: 1, at, step});
			}

			return [{...adjoint!, rows}];
		},
	},
	/** `y · (d − Σ d y)`, as the adjoint: the matrix of its derivatives is symmetric. */
	tangent(view) {
		const {node, changes, held, add, write} = view;
		const [change] = changes;
		const y = held(node.outputs[0]);
		const axes = add(tensorOf('int64', [axisAlong(view)]));
		const [weighed] = write({opType: 'Mul', inputs: [change!, y]});
		const [total] = write({opType: 'ReduceSum', inputs: [weighed, axes]});
		const [share] = write({opType: 'Mul', inputs: [total, y]});
		return write({opType: 'Sub', inputs: [weighed, share]});
	},
	lower: {
		/** Computed from its definition, since TensorFlow.js only has a softmax along the last axis. */
		apply(engine, view, [x]) {
			const axis = loweredAxis(axisAlong(view), shapeOf(view, 0).length);
			const exponentials = engine.exp(
				engine.sub(x!, engine.max(x!, axis, true)),
			);
			return engine.div(exponentials, engine.sum(exponentials, axis, true));
		},
	},
};
