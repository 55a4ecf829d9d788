import {ModelError} from '../../errors.js';
import {numbersOf, tensorOf, type Tensor} from '../../graph/tensor.js';
import type {Operator} from '../operator.js';
import {stridesOf} from '../node/shapes.js';

/** `[rank, count]`: the indices of every element that is not zero. */
const find = (tensor: Tensor): Tensor => {
	const positions = numbersOf(tensor).flatMap((value, at) =>
		value === 0 ? [] : [at],
	);
	const strides = stridesOf(tensor.shape);
	return tensorOf(
		'int64',
		strides.flatMap((stride, axis) =>
			positions.map((at) => Math.floor(at / stride) % tensor.shape[axis]),
		),
		[strides.length, positions.length],
	);
};

/** The indices of the nonzero elements of a constant; of a computed value their number would not be known. @see https://onnx.ai/onnx/operators/onnx__NonZero.html */
export const NonZero: Operator = {
	infer({node, constant}) {
		const tensor = constant(0);
		if (!tensor) {
			throw new ModelError(
				`Node ${node.name}: the size of what NonZero finds is known only while the network runs; choose an output before it with --output`,
			);
		}

		return [{type: 'int64', shape: find(tensor).shape}];
	},
	evaluate: (_view, [x]) => [find(x!)],
	blocks: 'NonZero is a step function, whose derivative is zero',
};
