import type {Adjoint, SparseAdjoint} from './adjoint.js';
import {densify, seedSize} from './dense.js';
import {channelCount} from './extent.js';

/** The adjoint of seeds `begin` to `end` (exclusive): views of the data, with owners renumbered. */
export const sliceSeeds = (
	adjoint: Adjoint,
	begin: number,
	end: number,
): Adjoint => {
	const {shape} = adjoint;
	const seeds = end - begin;
	if (adjoint.kind === 'dense') {
		const size = seedSize(adjoint);
		const data = adjoint.data.subarray(begin * size, end * size);
		return {kind: 'dense', seeds, shape, data};
	}

	const {owners, positions, rows, uniform} = adjoint;
	const channels = channelCount(shape);
	const from = firstRow(owners, begin);
	const to = firstRow(owners, end);
	return {
		kind: 'sparse',
		seeds,
		shape,
		owners: owners.subarray(from, to).map((owner) => owner - begin),
		positions: positions.subarray(from, to),
		rows: rows.subarray(from * channels, to * channels),
		...(uniform && {
			uniform: uniform.subarray(begin * channels, end * channels),
		}),
	};
};

/** The first row of a seed or of any later one. */
const firstRow = (owners: Int32Array, seed: number): number => {
	const row = owners.findIndex((owner) => owner >= seed);
	return row === -1 ? owners.length : row;
};

/** The adjoint of each seed by itself, from that of a batch. */
export const splitSeeds = (adjoint: Adjoint): readonly Adjoint[] =>
	Array.from({length: adjoint.seeds}, (_, seed) =>
		sliceSeeds(adjoint, seed, seed + 1),
	);

/** Concatenates the seeds of several adjoints of one value. */
export const joinSeeds = (parts: readonly Adjoint[]): Adjoint => {
	const [first] = parts;
	if (parts.length === 1) {
		return first;
	}

	const {shape} = first;
	const seeds = parts.reduce((sum, part) => sum + part.seeds, 0);
	const sparse = parts.filter((part) => part.kind === 'sparse');
	return sparse.length === parts.length
		? joinSparse(sparse, seeds)
		: {
				kind: 'dense',
				seeds,
				shape,
				data: joinArrays(parts.map((part) => densify(part).data)),
			};
};

const joinSparse = (
	parts: readonly SparseAdjoint[],
	seeds: number,
): SparseAdjoint => {
	const [{shape}] = parts;
	const channels = channelCount(shape);
	const rowCount = parts.reduce((sum, {owners}) => sum + owners.length, 0);
	const owners = new Int32Array(rowCount);
	const positions = new Int32Array(rowCount);
	let row = 0;
	let seed = 0;
	for (const part of parts) {
		positions.set(part.positions, row);
		for (const owner of part.owners) {
			owners[row++] = seed + owner;
		}

		seed += part.seeds;
	}

	const hasUniform = parts.some(({uniform}) => uniform);
	return {
		kind: 'sparse',
		seeds,
		shape,
		owners,
		positions,
		rows: joinArrays(parts.map(({rows}) => rows)),
		...(hasUniform && {
			uniform: joinArrays(
				parts.map(
					(part) => part.uniform ?? new Float32Array(part.seeds * channels),
				),
			),
		}),
	};
};

/** Concatenates arrays. */
export const joinArrays = (arrays: readonly Float32Array[]): Float32Array => {
	const [first] = arrays;
	if (arrays.length === 1) {
		return first;
	}

	const joined = new Float32Array(
		arrays.reduce((sum, {length}) => sum + length, 0),
	);
	let at = 0;
	for (const array of arrays) {
		joined.set(array, at);
		at += array.length;
	}

	return joined;
};
