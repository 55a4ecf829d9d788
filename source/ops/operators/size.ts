import {elementCount, tensorOf} from '../../graph/tensor.js';
import type {Operator} from '../operator.js';
import {shapeOf} from '../node/shapes.js';

/** The number of elements of a tensor. @see https://onnx.ai/onnx/operators/onnx__Size.html */
export const Size: Operator = {
	infer: () => [{type: 'int64', shape: []}],
	evaluate: (view) => [tensorOf('int64', [elementCount(shapeOf(view, 0))], [])],
	readsShapesOnly: true,
	blocks: 'Size counts elements, which no pixel changes',
};
