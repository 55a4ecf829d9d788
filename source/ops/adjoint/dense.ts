import {elementCount, type Shape} from '../../graph/tensor.js';
import type {Adjoint, DenseAdjoint, SparseAdjoint} from './adjoint.js';
import {channelCount, hasChannels, positionCount} from './extent.js';
import {fromChannels, zeroAdjoint} from './rows.js';

/** Stores an adjoint whole. */
export const densify = (adjoint: Adjoint): DenseAdjoint => {
	if (adjoint.kind === 'dense') {
		return adjoint;
	}

	const {seeds, shape} = adjoint;
	const data = new Float32Array(
		seeds * channelCount(shape) * positionCount(shape),
	);
	addSparseInto(data, adjoint);
	return {kind: 'dense', seeds, shape, data};
};

/** Adds a sparse adjoint to what a dense one stores. */
export const addSparseInto = (
	data: Float32Array,
	{shape, owners, positions, rows, uniform}: SparseAdjoint,
): void => {
	const channels = channelCount(shape);
	const space = positionCount(shape);
	for (const [index, value] of uniform?.entries() ?? []) {
		const end = (index + 1) * space;
		for (let at = index * space; at < end; at++) {
			data[at] += value;
		}
	}

	for (const [row, owner] of owners.entries()) {
		let to = owner * channels * space + positions[row];
		const from = row * channels;
		for (let channel = 0; channel < channels; channel++, to += space) {
			data[to] += rows[from + channel];
		}
	}
};

/** Sees a dense adjoint as a sparse one where that costs nothing: a value with one position is one row. */
export const relax = (adjoint: Adjoint): Adjoint =>
	adjoint.kind === 'dense' &&
	hasChannels(adjoint.shape) &&
	positionCount(adjoint.shape) === 1
		? fromChannels(adjoint.seeds, adjoint.shape, adjoint.data)
		: adjoint;

/** The share of the space from which on a sparse adjoint is dearer than a dense one: rows are gathered one by one, dense data is convolved at full speed. */
const densityLimit = 0.25;

/** Whether the rows fill so much of the space that the walk goes on with a dense adjoint. */
export const isCrowded = (adjoint: SparseAdjoint): boolean => {
	const cells = adjoint.seeds * positionCount(adjoint.shape);
	return cells > adjoint.seeds && adjoint.owners.length > densityLimit * cells;
};

/** The number of elements that one seed of an adjoint has, or would have if it were dense. */
export const seedSize = ({shape}: Adjoint): number => elementCount(shape);

/** An adjoint of one seed that is 1 everywhere. */
export const onesOf = (shape: Shape): DenseAdjoint => ({
	kind: 'dense',
	seeds: 1,
	shape,
	data: new Float32Array(elementCount(shape)).fill(1),
});

/** An adjoint that is zero everywhere, of a value of any shape. */
export const noAdjoint = (seeds: number, shape: Shape): Adjoint =>
	hasChannels(shape)
		? zeroAdjoint(seeds, shape)
		: {
				kind: 'dense',
				seeds,
				shape,
				data: new Float32Array(seeds * elementCount(shape)),
			};
