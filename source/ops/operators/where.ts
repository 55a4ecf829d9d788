import {elementCount, numbersOf, tensorOf} from '../../graph/tensor.js';
import type {Adjoint} from '../adjoint/adjoint.js';
import {broadcastOffset, unbroadcast} from '../adjoint/broadcast.js';
import type {ReverseContext} from '../rules/adjoint.js';
import {scale} from '../adjoint/scale.js';
import {alignRank} from '../rules/layout.js';
import type {Operator} from '../operator.js';
import type {NodeView} from '../node/view.js';
import {broadcastShapes, shapeOf} from '../node/shapes.js';

const resultShape = (view: NodeView) =>
	broadcastShapes(
		view,
		shapeOf(view, 0),
		broadcastShapes(view, shapeOf(view, 1), shapeOf(view, 2)),
	);

/** The derivative goes to the side that was chosen, and none to the condition. */
const passBack = (
	context: ReverseContext,
	[adjoint]: ReadonlyArray<Adjoint | undefined>,
) => {
	const condition = context.constant(0)?.data ?? context.input(0);
	const offsetIn = broadcastOffset(shapeOf(context, 0), resultShape(context));
	return [undefined, true, false].map((side, index) =>
		adjoint && side !== undefined && context.wanted(index)
			? unbroadcast(
					scale(adjoint, (offset) =>
						Number(Boolean(condition[offsetIn(offset)]) === side),
					),
					shapeOf(context, index),
				)
			: undefined,
	);
};

/** The second input where the first is true, the third elsewhere. @see https://onnx.ai/onnx/operators/onnx__Where.html */
export const Where: Operator = {
	infer: (view) => [{type: view.inputs[1]!.type, shape: resultShape(view)}],
	evaluate(view, inputs) {
		const shape = resultShape(view);
		const [condition, a, b] = inputs.map((tensor) => {
			const numbers = numbersOf(tensor!);
			const offsetIn = broadcastOffset(tensor!.shape, shape);
			return (offset: number) => numbers[offsetIn(offset)];
		});
		return [
			tensorOf(
				inputs[1]!.type,
				Array.from({length: elementCount(shape)}, (_, offset) =>
					condition(offset) ? a(offset) : b(offset),
				),
				shape,
			),
		];
	},
	adjoint: {
		needs: () => ({inputs: [0]}),
		dense: passBack,
		sparse: passBack,
	},
	lower: {
		apply(engine, view, inputs) {
			const {length: rank} = view.outputs[0].shape;
			const [condition, a, b] = inputs.map((tensor) =>
				alignRank(engine, tensor!, rank),
			);
			return engine.where(engine.cast(condition, 'bool'), a, b);
		},
	},
};
