import {reshaping} from '../families/movement/reshaping.js';
import {axesOf, shapeOf} from '../node/shapes.js';

/** Removes the named axes, or all axes of size 1. @see https://onnx.ai/onnx/operators/onnx__Squeeze.html */
export const Squeeze = reshaping((view) => {
	const shape = shapeOf(view, 0);
	const axes = axesOf(view, 1, shape.length);
	return shape.filter((size, axis) =>
		axes ? !axes.includes(axis) : size !== 1,
	);
});
