import {ModelError} from '../../errors.js';
import {elementCount, numbersOf, type Tensor} from '../../graph/tensor.js';
import {decodeTensor, type ReadExternal} from './decode-tensor.js';
import type {SparseTensorProto} from './onnx_pb.js';

/**
Reads a sparse tensor, filling in zeros.

@throws {ModelError} If an element lies outside its shape.
@see https://onnx.ai/onnx/repo-docs/IR.html#static-tensor-shapes
*/
export const decodeSparse = (
	{values, indices, dims}: SparseTensorProto,
	name: string,
	readExternal: ReadExternal,
): Tensor => {
	const shape = dims.map(Number);
	const kept = values && decodeTensor(values, name, readExternal);
	const places =
		indices && decodeTensor(indices, `${name} (indices)`, readExternal);
	const count = elementCount(shape);
	const isWhole =
		kept?.data instanceof Float32Array &&
		shape.every((size) => size >= 0) &&
		count < 2 ** 31;
	if (!isWhole || !places) {
		throw new ModelError(
			`The weights "${name}" of shape [${shape.join(', ')}] are stored sparse, but not as numbers and places of float32; export the model with dense weights`,
		);
	}

	const numbers = numbersOf(places);
	// Positions are flat, or given axis by axis.
	const axes = places.shape.length === 2 ? shape : [count];
	const data = new Float32Array(count);
	for (const [index, value] of kept.data.entries()) {
		let offset = 0;
		for (const [axis, size] of axes.entries()) {
			const at = numbers[index * axes.length + axis] ?? -1;
			offset = offset < 0 || at < 0 || at >= size ? -1 : offset * size + at;
		}

		if (offset < 0) {
			throw new ModelError(
				`The weights "${name}" have an element outside their shape [${shape.join(', ')}]; the file is damaged, get a fresh copy`,
			);
		}

		data[offset] = value;
	}

	return {type: 'float32', shape, data};
};
