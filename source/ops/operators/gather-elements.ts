import {newData} from '../../graph/tensor.js';
import {
	giveBack,
	lowerOffsets,
	takenOffsets,
	takingOf,
} from '../families/movement/along-axis.js';
import type {Operator} from '../operator.js';
import {shapeOf} from '../node/shapes.js';

/** Picks one element for each index: along one axis at the index, along the others at the index's own position. @see https://onnx.ai/onnx/operators/onnx__GatherElements.html */
export const GatherElements: Operator = {
	infer: (view) => [{type: view.inputs[0]!.type, shape: shapeOf(view, 1)}],
	evaluate(view, [x, indices]) {
		const taken = newData(x!.type, indices!.data.length);
		for (const [at, from] of takenOffsets(
			takingOf(view),
			indices!.data,
		).entries()) {
			taken[at] = x!.data[from];
		}

		return [{type: x!.type, shape: shapeOf(view, 1), data: taken}];
	},
	adjoint: {
		needs: () => ({inputs: [1]}),
		dense(context, [adjoint]) {
			const taking = takingOf(context);
			const indices = context.constant(1)?.data ?? context.input(1);
			return [giveBack(taking, takenOffsets(taking, indices), adjoint!)];
		},
	},
	lower: {
		layout: 'onnx',
		apply(engine, view, [x, indices]) {
			const taking = takingOf(view);
			const offsets = lowerOffsets(engine, taking, indices!);
			const flat = engine.reshape(offsets, [-1]);
			return engine.reshape(engine.gather(engine.reshape(x!, [-1]), flat), [
				...taking.taken,
			]);
		},
	},
};
