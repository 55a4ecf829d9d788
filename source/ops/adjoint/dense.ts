import {elementCount, type Shape} from '../../graph/tensor.js';
import type {Adjoint, DenseAdjoint, SparseAdjoint} from './adjoint.js';
import {channelCount, hasChannels, positionCount} from './extent.js';
import {fromChannels, zeroAdjoint} from './rows.js';

/** The adjoint with every element stored. */
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

/** Scatters a sparse adjoint into the data of a dense one. */
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

/** Turns a dense adjoint into a sparse one where that is free: a value with a single position is a single row. */
export const relax = (adjoint: Adjoint): Adjoint =>
	adjoint.kind === 'dense' &&
	hasChannels(adjoint.shape) &&
	positionCount(adjoint.shape) === 1
		? fromChannels(adjoint.seeds, adjoint.shape, adjoint.data)
		: adjoint;

/** The share of occupied positions above which a dense adjoint is cheaper: rows are gathered one by one, dense data is convolved at full speed. */
const densityLimit = 0.25;

/** Whether rows fill so much of the space that the walk should go on with a dense adjoint. */
export const isCrowded = (adjoint: SparseAdjoint): boolean => {
	const cells = adjoint.seeds * positionCount(adjoint.shape);
	return cells > adjoint.seeds && adjoint.owners.length > densityLimit * cells;
};

/** The number of elements of one seed's adjoint, were it dense. */
export const seedSize = ({shape}: Adjoint): number => elementCount(shape);

/** An adjoint of one seed that is 1 everywhere. */
export const onesOf = (shape: Shape): DenseAdjoint => ({
	kind: 'dense',
	seeds: 1,
	shape,
	data: new Float32Array(elementCount(shape)).fill(1),
});

/** An adjoint that is zero everywhere, for a value of any shape. */
export const noAdjoint = (seeds: number, shape: Shape): Adjoint =>
	hasChannels(shape)
		? zeroAdjoint(seeds, shape)
		: {
				kind: 'dense',
				seeds,
				shape,
				data: new Float32Array(seeds * elementCount(shape)),
			};
