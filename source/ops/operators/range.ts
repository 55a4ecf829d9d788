import {tensorOf} from '../../graph/tensor.js';
import type {Operator} from '../operator.js';
import type {NodeView} from '../node/view.js';
import {constantNumbers} from '../node/shapes.js';

const numbersIn = (view: NodeView): number[] => {
	const [start, limit, step] = [0, 1, 2].map(
		(index) => constantNumbers(view, index)![0],
	);
	return Array.from(
		{length: Math.max(0, Math.ceil((limit - start) / step))},
		(_, index) => start + index * step,
	);
};

/** Numbers from a start up to a limit, which is excluded. @see https://onnx.ai/onnx/operators/onnx__Range.html */
export const Range: Operator = {
	infer: (view) => [
		{type: view.inputs[0]!.type, shape: [numbersIn(view).length]},
	],
	evaluate: (view, [start]) => [tensorOf(start!.type, numbersIn(view))],
	blocks: 'Range is the same for every image',
};
