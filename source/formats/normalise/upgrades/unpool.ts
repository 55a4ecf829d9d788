import {ModelError} from '../../../errors.js';
import type {Node} from '../../../graph/graph.js';
import {elementCount, type Shape} from '../../../graph/tensor.js';
import {numbersAttribute} from '../../../ops/node/attributes.js';
import {sequence} from '../../sequence.js';
import {
	constantIntegers,
	written,
	type Context,
	type Upgrade,
} from './upgrade.js';

/** What MaxPool must have read for its maxima to be put back: the shape that is named, or the smallest that fits. */
const unpooledShape = (node: Node, context: Context): Shape => {
	const [batch, channels, ...space] = context.draft.shapeOf(node.inputs[0]);
	const {length: rank} = space;
	const kernel = numbersAttribute(node, 'kernel_shape');
	if (kernel?.length !== rank) {
		throw new ModelError(
			`Node ${node.name}: a MaxUnpool whose kernel_shape has not ${rank} numbers; export the model again`,
		);
	}

	const strides = numbersAttribute(node, 'strides') ?? kernel.map(() => 1);
	const pads = numbersAttribute(node, 'pads') ?? [...kernel, ...kernel].fill(0);
	return (
		constantIntegers(node, 2, context) ?? [
			batch,
			channels,
			...space.map(
				(size, axis) =>
					(size - 1) * strides[axis] +
					kernel[axis] -
					pads[axis] -
					pads[rank + axis],
			),
		]
	);
};

/** Puts the maxima of a MaxPool back to where they were, among zeros. Each plane is scattered by itself, so that one pixel depends on few others: MaxPool counts through all planes, PyTorch within each, and the remainder is the place in both. @see https://onnx.ai/onnx/operators/onnx__MaxUnpool.html */
export const maxUnpool: Upgrade = (node, context) => {
	const to = sequence(node);
	const [maxima, indices] = node.inputs;
	const shape = unpooledShape(node, context);
	const [batch, channels] = context.draft.shapeOf(maxima);
	const places = elementCount(shape.slice(2));
	const flat = (name: string) =>
		to.apply('Reshape', [name, to.integers([batch, channels, -1])]);
	const scattered = to.apply(
		'ScatterElements',
		[
			to.apply('ConstantOfShape', [to.integers([batch, channels, places])]),
			flat(to.apply('Mod', [indices, to.integers([places])])),
			flat(maxima),
		],
		{axis: 2},
	);
	to.apply('Reshape', [scattered, to.integers(shape)], {}, to.result);
	return written(to, context);
};
