import {elementCount, type Shape} from '../../../graph/tensor.js';
import type {DenseAdjoint} from '../../adjoint/adjoint.js';
import {stridesOf} from '../../node/shapes.js';

/** What is taken of a value along one axis. */
export type Taking = {
	/** The value's. */
	readonly shape: Shape;
	readonly axis: number;
	/** The shape of what is taken; along the other axes no larger than the value. */
	readonly taken: Shape;
};

/** Flat indices into the value of the elements that would be taken if all indices were 0. */
export const firstOffsets = ({shape, axis, taken}: Taking): Int32Array => {
	const strides = stridesOf(shape).with(axis, 0);
	const steps = stridesOf(taken);
	return Int32Array.from({length: elementCount(taken)}, (_, at) => {
		let offset = 0;
		for (const [each, step] of steps.entries()) {
			offset += (Math.trunc(at / step) % taken[each]) * strides[each];
		}

		return offset;
	});
};

/** Flat indices into the value of the elements that are taken; an index below 0 counts from the back. */
export const takenOffsets = (
	taking: Taking,
	indices: ArrayLike<bigint | number>,
): Int32Array => {
	const size = taking.shape[taking.axis];
	const stride = stridesOf(taking.shape)[taking.axis];
	return firstOffsets(taking).map((offset, at) => {
		const index = Number(indices[at]);
		return offset + (index < 0 ? index + size : index) * stride;
	});
};

/** The adjoint of the value: what was taken several times sums up. */
export const giveBack = (
	{shape}: Taking,
	offsets: Int32Array,
	{seeds, data}: DenseAdjoint,
): DenseAdjoint => {
	const size = elementCount(shape);
	const sums = new Float32Array(seeds * size);
	for (const [index, derivative] of data.entries()) {
		const seed = Math.trunc(index / offsets.length);
		sums[seed * size + offsets[index % offsets.length]] += derivative;
	}

	return {kind: 'dense', seeds, shape, data: sums};
};
