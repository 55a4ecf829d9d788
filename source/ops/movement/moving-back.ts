import {elementCount, tensorOf} from '../../graph/tensor.js';
import {type CotangentContext, reshapeTo, sumBroadcast} from '../cotangent.js';
import {shapeOf, stridesOf} from '../shapes.js';
import type {Strided} from './strided.js';

/** How an adjoint goes back through the reading of one output; undefined where it reads only every other element. */
export const moveBack = (
	context: CotangentContext,
	adjoint: string,
	strided: Strided,
): string | undefined =>
	unpick(context, adjoint, strided) ?? rearrange(context, adjoint, strided);

/** Around what was cut out come zeros; undefined where the reading is no box. */
const unpick = (
	{add, write, ...view}: CotangentContext,
	adjoint: string,
	{shape, sizes, strides, offset}: Strided,
): string | undefined => {
	const input = shapeOf(view, 0);
	const steps = stridesOf(input);
	if (
		sizes !== shape ||
		shape.length !== input.length ||
		shape.some((size, axis) => size > 1 && strides[axis] !== steps[axis])
	) {
		return undefined;
	}

	let rest = offset;
	const begins = steps.map((step) => {
		const begin = Math.trunc(rest / step);
		rest -= begin * step;
		return begin;
	});
	const ends = input.map((size, axis) => size - shape[axis] - begins[axis]);
	return [...begins, ...ends].every((pad) => pad === 0)
		? adjoint
		: write({
				opType: 'Pad',
				inputs: [adjoint, add(tensorOf('int64', [...begins, ...ends]))],
			})[0];
};

/** What was repeated is summed, and all go back to where they were; undefined where some elements are not read. */
const rearrange = (
	context: CotangentContext,
	adjoint: string,
	{sizes, strides, offset}: Strided,
): string | undefined => {
	const axes = [...sizes.keys()];
	const kept = sizes.map((size, axis) => (strides[axis] === 0 ? 1 : size));
	const order = axes.toSorted(
		(a, b) =>
			Number(kept[a] !== 1) - Number(kept[b] !== 1) ||
			(kept[a] === 1 ? a - b : strides[b] - strides[a]),
	);
	const steps = stridesOf(order.map((axis) => kept[axis]));
	const input = shapeOf(context, 0);
	const readsAll =
		offset === 0 &&
		order.every(
			(axis, at) => kept[axis] === 1 || strides[axis] === steps[at],
		) &&
		steps[0] * kept[order[0]] === elementCount(input);
	if (!readsAll) {
		return undefined;
	}

	const moved = order.filter((axis) => kept[axis] !== 1);
	const isOrdered = moved.every((axis, at) => at === 0 || axis > moved[at - 1]);
	if (isOrdered && String(kept) === String(sizes)) {
		return reshapeTo(context, adjoint, input);
	}

	const fine = reshapeTo(context, adjoint, sizes);
	const summed = sumBroadcast(context, fine, {from: kept, to: sizes});
	const [back] = isOrdered
		? [summed]
		: context.write({
				opType: 'Transpose',
				inputs: [summed],
				attributes: {perm: order},
			});
	return reshapeTo(context, back, input);
};
