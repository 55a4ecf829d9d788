import {elementCount, tensorOf} from '../../../graph/tensor.js';
import {numbersAttribute} from '../../../ops/node/attributes.js';
import {sequence} from '../../sequence.js';
import {constantIntegers, written, type Upgrade} from './upgrade.js';

/** Col2Im: puts blocks `[N, C · block, L]` back into the picture they were cut from, adding where they overlap, as a transposed convolution with a constant kernel. @see https://onnx.ai/onnx/operators/onnx__Col2Im.html */
export const col2Im: Upgrade = (node, context) => {
	const to = sequence(node);
	const [batch, columns] = context.draft.shapeOf(node.inputs[0]);
	const picture = constantIntegers(node, 1, context)!;
	const block = constantIntegers(node, 2, context)!;
	const {length: rank} = picture;
	const repeat = (value: number, count: number) =>
		Array.from({length: count}, () => value);
	const strides = numbersAttribute(node, 'strides') ?? repeat(1, rank);
	const dilations = numbersAttribute(node, 'dilations') ?? repeat(1, rank);
	const pads = numbersAttribute(node, 'pads') ?? repeat(0, 2 * rank);

	/** The remainder of each axis behind its first block. */
	const free = picture.map(
		(size, axis) =>
			size +
			pads[axis] +
			pads[axis + rank] -
			dilations[axis] * (block[axis] - 1) -
			1,
	);
	const grid = free.map((size, axis) => Math.floor(size / strides[axis]) + 1);
	const taps = elementCount(block);
	const channels = columns / taps;
	const ones = Array.from({length: columns * taps}, (_, at) =>
		Number(Math.trunc(at / taps) % taps === at % taps),
	);
	to.apply(
		'ConvTranspose',
		[
			to.apply('Reshape', [
				node.inputs[0],
				to.integers([batch, columns, ...grid]),
			]),
			to.constant(tensorOf('float32', ones, [columns, 1, ...block])),
		],
		{
			group: channels,
			kernel_shape: block,
			strides,
			dilations,
			pads,
			output_padding: free.map((size, axis) => size % strides[axis]),
		},
		to.result,
	);
	return written(to, context);
};
