import {tensorOf} from '../../graph/tensor.js';
import {numberAttribute} from '../node/attributes.js';
import type {Operator} from '../operator.js';
import type {NodeView} from '../node/view.js';
import {shapeOf} from '../node/shapes.js';

const sizesOf = (view: NodeView) =>
	shapeOf(view, 0).slice(
		numberAttribute(view.node, 'start', 0),
		numberAttribute(view.node, 'end', Infinity),
	);

/** The sizes of a tensor. @see https://onnx.ai/onnx/operators/onnx__Shape.html */
export const Shape: Operator = {
	infer: (view) => [{type: 'int64', shape: [sizesOf(view).length]}],
	evaluate: (view) => [tensorOf('int64', sizesOf(view))],
	readsShapesOnly: true,
	blocks: 'Shape reads sizes, which no pixel changes',
};
