import {numberAttribute} from '../node/attributes.js';
import {giveBack, takenOffsets} from '../families/movement/along-axis.js';
import type {Operator} from '../operator.js';
import type {NodeView} from '../node/view.js';
import {axisOf, constantNumbers, shapeOf} from '../node/shapes.js';

const partsOf = (view: NodeView) => {
	const shape = shapeOf(view, 0);
	const axis = axisOf(
		view,
		numberAttribute(view.node, 'axis', -1),
		shape.length,
	);
	const count = constantNumbers(view, 1)![0];
	return {axis, count, rank: shape.length, shape: shape.with(axis, count)};
};

/** The largest (or smallest) elements along an axis, and their indices, which is where the derivatives go. @see https://onnx.ai/onnx/operators/onnx__TopK.html */
export const TopK: Operator = {
	infer(view) {
		const {shape} = partsOf(view);
		return [
			{type: view.inputs[0]!.type, shape},
			{type: 'int64', shape},
		];
	},
	adjoint: {
		needs: () => ({outputs: [1]}),
		dense(context, [adjoint]) {
			const {axis, shape: taken} = partsOf(context);
			const taking = {shape: shapeOf(context, 0), axis, taken};
			const offsets = takenOffsets(taking, context.output(1));
			return [adjoint && giveBack(taking, offsets, adjoint)];
		},
	},
	lower: {
		layout: 'onnx',
		apply(engine, view, [x]) {
			const {axis, count, rank} = partsOf(view);
			const sign = numberAttribute(view.node, 'largest', 1) === 0 ? -1 : 1;
			// TensorFlow.js sorts along the last axis only, and finds the largest only.
			const swapped = Array.from({length: rank}, (_, at) => at);
			[swapped[axis], swapped[rank - 1]] = [rank - 1, axis];
			const {values, indices} = engine.topk(
				engine.mul(engine.transpose(x!, swapped), sign),
				count,
			);
			return [
				engine.transpose(engine.mul(values, sign), swapped),
				engine.transpose(indices, swapped),
			];
		},
	},
};
