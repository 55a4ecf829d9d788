import {numberAttribute, numbersAttribute} from '../node/attributes.js';
import {loweredAxis} from '../rules/layout.js';
import {moving} from '../families/movement/moving.js';
import type {NodeView} from '../node/view.js';
import {axisOf, constantNumbers, shapeOf, stridesOf} from '../node/shapes.js';

const splitAxis = (view: NodeView): number =>
	axisOf(view, numberAttribute(view.node, 'axis', 0), shapeOf(view, 0).length);

/** The size of each part; equal by default, with a smaller last one if need be. */
const partSizes = (view: NodeView): readonly number[] => {
	const given =
		numbersAttribute(view.node, 'split') ?? constantNumbers(view, 1);
	if (given) {
		return given;
	}

	const size = shapeOf(view, 0)[splitAxis(view)];
	const count = view.node.outputs.length;
	const part = Math.ceil(size / count);
	return Array.from({length: count}, (_, index) =>
		Math.min(part, size - index * part),
	);
};

/** Splits a value along one axis. @see https://onnx.ai/onnx/operators/onnx__Split.html */
export const Split = moving(
	(view) => {
		const shape = shapeOf(view, 0);
		const axis = splitAxis(view);
		const strides = stridesOf(shape);
		let begin = 0;
		return partSizes(view).map((size) => {
			const part = shape.with(axis, size);
			const offset = begin * strides[axis];
			begin += size;
			return {shape: part, sizes: part, strides, offset};
		});
	},
	{
		apply: (engine, view, [x]) =>
			engine.split(
				x!,
				[...partSizes(view)],
				loweredAxis(splitAxis(view), x!.rank),
			),
	},
);
