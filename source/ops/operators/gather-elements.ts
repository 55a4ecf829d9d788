import {newData} from '../../graph/tensor.js';
import {numberAttribute} from '../node/attributes.js';
import {
	firstOffsets,
	giveBack,
	takenOffsets,
	type Taking,
} from '../families/movement/along-axis.js';
import type {Operator} from '../operator.js';
import type {NodeView} from '../node/view.js';
import {axisOf, shapeOf, stridesOf} from '../node/shapes.js';

const takingOf = (view: NodeView): Taking => {
	const shape = shapeOf(view, 0);
	const axis = numberAttribute(view.node, 'axis', 0);
	return {
		shape,
		axis: axisOf(view, axis, shape.length),
		taken: shapeOf(view, 1),
	};
};

/** One element for each index: along one axis it is where the index says, along the others where the index is. @see https://onnx.ai/onnx/operators/onnx__GatherElements.html */
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
			const {shape, axis, taken} = taking;
			const whole = engine.cast(indices!, 'int32');
			// TensorFlow.js does not count from the back.
			const counted = engine.where(
				engine.less(whole, 0),
				engine.add(whole, engine.scalar(shape[axis], 'int32')),
				whole,
			);
			const offsets = engine.add(
				engine.mul(counted, engine.scalar(stridesOf(shape)[axis], 'int32')),
				engine.tensor(firstOffsets(taking), [...taken], 'int32'),
			);
			const flat = engine.reshape(engine.cast(offsets, 'int32'), [-1]);
			return engine.reshape(engine.gather(engine.reshape(x!, [-1]), flat), [
				...taken,
			]);
		},
	},
};
