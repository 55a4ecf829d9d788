import {elementCount, tensorOf} from '../../../graph/tensor.js';
import {
	type CotangentContext,
	reshapeTo,
	sumBroadcast,
} from '../../rules/cotangent.js';
import {shapeOf, stridesOf} from '../../node/shapes.js';
import type {Strided} from './strided.js';

/** How an adjoint goes back through the reading of one output; undefined where it reads backwards. */
export const moveBack = (
	context: CotangentContext,
	adjoint: string,
	strided: Strided,
): string | undefined =>
	unpick(context, adjoint, strided) ?? rearrange(context, adjoint, strided);

/** Between and around what was picked come zeros; undefined where the reading picks no part of each axis. */
const unpick = (
	context: CotangentContext,
	adjoint: string,
	{shape, sizes, strides, offset}: Strided,
): string | undefined => {
	const input = shapeOf(context, 0);
	const units = stridesOf(input);
	const steps = shape.map((size, axis) =>
		size > 1 ? strides[axis] / units[axis] : 1,
	);
	if (
		sizes !== shape ||
		shape.length !== input.length ||
		steps.some((step) => !Number.isInteger(step) || step < 1)
	) {
		return undefined;
	}

	let spread = adjoint;
	let current = shape;
	for (const [axis, step] of steps.entries()) {
		if (step > 1) {
			const apart = current.toSpliced(axis + 1, 0, 1);
			const gaps = apart.map((_, at) => (at === axis + 1 ? step - 1 : 0));
			const [padded] = pad(context, reshapeTo(context, spread, apart), {
				begins: apart.map(() => 0),
				ends: gaps,
			});
			current = current.with(axis, current[axis] * step);
			spread = reshapeTo(context, padded, current);
		}
	}

	let rest = offset;
	const begins = units.map((unit) => {
		const begin = Math.trunc(rest / unit);
		rest -= begin * unit;
		return begin;
	});
	const ends = input.map((size, axis) => size - current[axis] - begins[axis]);
	return pad(context, spread, {begins, ends})[0];
};

/** Adds zeros, or cuts off where a number is negative. */
const pad = (
	{add, write}: CotangentContext,
	adjoint: string,
	{
		begins,
		ends,
	}: {readonly begins: readonly number[]; readonly ends: readonly number[]},
): readonly string[] => {
	const pads = [...begins, ...ends];
	return pads.every((size) => size === 0)
		? [adjoint]
		: write({opType: 'Pad', inputs: [adjoint, add(tensorOf('int64', pads))]});
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
