import {ModelError} from '../../errors.js';
import {elementCount, type Shape} from '../../graph/tensor.js';
import {numberAttribute} from '../node/attributes.js';
import {reshaping} from '../families/movement/reshaping.js';
import type {NodeView} from '../node/view.js';
import {constantNumbers, shapeOf, shapeText} from '../node/shapes.js';

/** The wanted shape: 0 keeps the input's size, −1 takes what remains. */
const targetShape = (view: NodeView): Shape => {
	const shape = shapeOf(view, 0);
	const count = elementCount(shape);
	const keepsZero = numberAttribute(view.node, 'allowzero', 0) === 1;
	const wanted = constantNumbers(view, 1)!.map((size, axis) =>
		size === 0 && !keepsZero ? shape[axis] : size,
	);
	const known = elementCount(wanted.filter((size) => size !== -1));
	const target = wanted.map((size) => (size === -1 ? count / known : size));
	if (
		elementCount(target) !== count ||
		!target.every((size) => Number.isInteger(size))
	) {
		throw new ModelError(
			`Node ${view.node.name}: ${shapeText(shape)} cannot be reshaped to ${shapeText(wanted)}; choose another input size, or export the model for this one`,
		);
	}

	return target;
};

/** The same elements in another shape. @see https://onnx.ai/onnx/operators/onnx__Reshape.html */
export const Reshape = reshaping(targetShape);
