import {ModelError} from '../../errors.js';
import {elementCount, type Tensor} from '../../graph/tensor.js';
import {numberAttribute} from '../node/attributes.js';
import type {Operator} from '../operator.js';
import type {NodeView} from '../node/view.js';
import {axisOf} from '../node/shapes.js';

/** The flat index of each element's scale: one for all, or one per position along an axis. */
const scaleIndex = (view: NodeView, x: Tensor, scales: Tensor) => {
	if (elementCount(scales.shape) === 1) {
		return () => 0;
	}

	const axis = axisOf(
		view,
		numberAttribute(view.node, 'axis', 1),
		x.shape.length,
	);
	if (
		scales.shape.length !== 1 ||
		scales.shape[0] !== x.shape[axis] ||
		numberAttribute(view.node, 'block_size', 0) !== 0
	) {
		throw new ModelError(
			`Node ${view.node.name}: DequantizeLinear has scales of shape [${scales.shape.join(', ')}] for weights of shape [${x.shape.join(', ')}]; use the float32 model that it was made from`,
		);
	}

	const inner = elementCount(x.shape.slice(axis + 1));
	return (offset: number) => Math.floor(offset / inner) % x.shape[axis];
};

/** `(x − zero) · scale`: weights stored as small integers. A Graph has it only until they are folded. @see https://onnx.ai/onnx/operators/onnx__DequantizeLinear.html */
export const DequantizeLinear: Operator = {
	infer: ({inputs}) => [{type: 'float32', shape: inputs[0]!.shape}],
	evaluate(view, [x, scales, zeros]) {
		const indexOf = scaleIndex(view, x!, scales!);
		const data = new Float32Array(x!.data.length);
		for (let offset = 0; offset < data.length; offset++) {
			const index = indexOf(offset);
			const zero = Number(zeros?.data[index] ?? 0);
			data[offset] =
				(Number(x!.data[offset]) - zero) * Number(scales!.data[index]);
		}

		return [{type: 'float32', shape: x!.shape, data}];
	},
	blocks: 'DequantizeLinear reads integers, which have no derivative',
};
