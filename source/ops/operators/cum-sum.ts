import {elementCount, tensorOf, numbersOf} from '../../graph/tensor.js';
import {numberAttribute} from '../node/attributes.js';
import type {Operator} from '../operator.js';
import type {NodeView} from '../node/view.js';
import {axisOf, constantNumbers, shapeOf} from '../node/shapes.js';

/** The direction of the sum, and whether it includes the element itself. */
type Run = {readonly isBackward: boolean; readonly isExclusive: boolean};

const runOf = ({node}: NodeView): Run => ({
	isBackward: numberAttribute(node, 'reverse', 0) === 1,
	isExclusive: numberAttribute(node, 'exclusive', 0) === 1,
});

const axisAlong = (view: NodeView): number =>
	axisOf(view, constantNumbers(view, 1)![0], shapeOf(view, 0).length);

/** Sums along one axis of any number of values of the node's shape. */
const accumulate = (
	view: NodeView,
	numbers: ArrayLike<number>,
	{isBackward, isExclusive}: Run,
): Float64Array => {
	const shape = shapeOf(view, 0);
	const axis = axisAlong(view);
	const length = shape[axis];
	const stride = elementCount(shape.slice(axis + 1));
	const sums = new Float64Array(numbers.length);
	for (let begin = 0; begin < numbers.length; begin++) {
		if (Math.trunc(begin / stride) % length !== 0) {
			continue;
		}

		let sum = 0;
		for (let step = 0; step < length; step++) {
			const at = begin + (isBackward ? length - 1 - step : step) * stride;
			sums[at] = isExclusive ? sum : sum + numbers[at];
			sum += numbers[at];
		}
	}

	return sums;
};

/** Running sums along an axis; networks number positions with them. @see https://onnx.ai/onnx/operators/onnx__CumSum.html */
export const CumSum: Operator = {
	infer: ({inputs}) => [{type: inputs[0]!.type, shape: inputs[0]!.shape}],
	evaluate: (view, [x]) => [
		tensorOf(
			x!.type,
			[...accumulate(view, numbersOf(x!), runOf(view))],
			x!.shape,
		),
	],
	adjoint: {
		dense(context, [adjoint]) {
			const run = runOf(context);
			const sums = accumulate(context, adjoint!.data, {
				...run,
				isBackward: !run.isBackward,
			});
			return [{...adjoint!, data: new Float32Array(sums)}];
		},
	},
	lower: {
		layout: 'onnx',
		apply(engine, view, [x]) {
			const {isBackward, isExclusive} = runOf(view);
			return engine.cumsum(x!, axisAlong(view), isExclusive, isBackward);
		},
	},
};
