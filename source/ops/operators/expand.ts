import {positionCount} from '../adjoint/extent.js';
import {weigh} from '../rules/cotangent.js';
import {alignRank, loweredList} from '../rules/layout.js';
import {moving} from '../families/movement/moving.js';
import type {Operator} from '../operator.js';
import {
	broadcastShapes,
	constantNumbers,
	shapeOf,
	stridesOf,
} from '../node/shapes.js';

/** Broadcasts to a shape: axes of size 1 are repeated. @see https://onnx.ai/onnx/operators/onnx__Expand.html */
export const Expand: Operator = {
	...moving(
		(view) => {
			const source = shapeOf(view, 0);
			const shape = broadcastShapes(view, source, constantNumbers(view, 1)!);
			const missing = shape.length - source.length;
			const strides = stridesOf(source);
			return [
				{
					shape,
					sizes: shape,
					strides: shape.map((_, axis) =>
						axis < missing || source[axis - missing] === 1
							? 0
							: strides[axis - missing],
					),
					offset: 0,
				},
			];
		},
		{
			apply(engine, view, [x]) {
				const {shape} = view.outputs[0];
				const aligned = alignRank(engine, x!, shape.length);
				return engine.tile(
					aligned,
					loweredList(shape).map((size, axis) => size / aligned.shape[axis]),
				);
			},
		},
	),
	summed(context) {
		const [from, to] = [context.inputs[0]!.shape, context.outputs[0].shape];
		return String(from) === String([...to.slice(0, 2), ...to.slice(2).fill(1)])
			? weigh(context, context.node.inputs[0], positionCount(to))
			: undefined;
	},
};
