import type * as tf from '@tensorflow/tfjs-core';
import {elementCount, type Shape} from '../../../graph/tensor.js';
import type {DenseAdjoint} from '../../adjoint/adjoint.js';
import {numberAttribute} from '../../node/attributes.js';
import type {NodeView} from '../../node/view.js';
import {axisOf, shapeOf, stridesOf} from '../../node/shapes.js';

/** What is taken of a value along one axis. */
export type Taking = {
	/** The value's. */
	readonly shape: Shape;
	readonly axis: number;
	/** The shape of what is taken; along the other axes no larger than the value. */
	readonly taken: Shape;
};

/** What the indices, input 1 of an operator, take of its input 0. */
export const takingOf = (view: NodeView): Taking => {
	const shape = shapeOf(view, 0);
	const axis = numberAttribute(view.node, 'axis', 0);
	return {
		shape,
		axis: axisOf(view, axis, shape.length),
		taken: shapeOf(view, 1),
	};
};

/** Flat indices into the value of the elements that would be taken if all indices were 0. */
const firstOffsets = ({shape, axis, taken}: Taking): Int32Array => {
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

/** The same flat indices in TensorFlow.js, where they are computed; of the shape of what is taken. */
export const lowerOffsets = (
	engine: typeof tf,
	taking: Taking,
	indices: tf.Tensor,
): tf.Tensor => {
	const {shape, axis, taken} = taking;
	const whole = engine.cast(indices, 'int32');
	// TensorFlow.js does not count from the back.
	const counted = engine.where(
		engine.less(whole, 0),
		engine.add(whole, engine.scalar(shape[axis], 'int32')),
		whole,
	);
	const offsets = engine.add(
		engine.mul(counted, engine.scalar(stridesOf(shape)[axis], 'int32')),
		engine.tensor(firstOffsets(taking), [...taken], 'int32'),
	);
	return engine.cast(offsets, 'int32');
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
