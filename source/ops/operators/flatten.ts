import {elementCount} from '../../graph/tensor.js';
import {numberAttribute} from '../node/attributes.js';
import {reshaping} from '../families/movement/reshaping.js';
import {shapeOf} from '../node/shapes.js';

/** Reshapes to two axes: all before `axis`, and all from it on. @see https://onnx.ai/onnx/operators/onnx__Flatten.html */
export const Flatten = reshaping((view) => {
	const shape = shapeOf(view, 0);
	const axis = numberAttribute(view.node, 'axis', 1);
	return [
		elementCount(shape.slice(0, axis)),
		elementCount(shape.slice(axis < 0 ? axis + shape.length : axis)),
	];
});
