import {constantNumbers, shapeOf} from '../node/shapes.js';
import {numbersAttribute} from '../node/attributes.js';
import {reshaping} from '../families/movement/reshaping.js';

/** Inserts axes of size 1; they are counted in the result. @see https://onnx.ai/onnx/operators/onnx__Unsqueeze.html */
export const Unsqueeze = reshaping((view) => {
	const shape = shapeOf(view, 0);
	const wanted =
		numbersAttribute(view.node, 'axes') ?? constantNumbers(view, 1)!;
	const rank = shape.length + wanted.length;
	const axes = new Set(wanted.map((axis) => (axis < 0 ? axis + rank : axis)));
	const sizes = shape.values();
	return Array.from({length: rank}, (_, axis) =>
		axes.has(axis) ? 1 : sizes.next().value!,
	);
});
