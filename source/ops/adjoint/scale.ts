import {multiplyRows} from '../simd/scale-rows.js';
import type {Adjoint, DenseAdjoint, SparseAdjoint} from './adjoint.js';
import {type Allocate, newArray} from './scratch.js';
import {densify, seedSize} from './dense.js';
import {channelCount, positionCount} from './extent.js';

/** The factor of each element of a value, by flat index in C order. */
export type Factor = (offset: number) => number;

/**
Multiplies an adjoint element by element, as every elementwise operator does.

@param isConstantOverSpace Whether the factor depends on the channel only: then a uniform term stays uniform, otherwise it makes the adjoint dense.
*/
export const scale = (
	adjoint: Adjoint,
	factor: Factor,
	isConstantOverSpace = false,
	allocate: Allocate = newArray,
): Adjoint => {
	if (adjoint.kind === 'dense' || (adjoint.uniform && !isConstantOverSpace)) {
		return scaleDense(densify(adjoint), factor);
	}

	if (isConstantOverSpace) {
		return scaleChannels(adjoint, factor, allocate);
	}

	return adjoint.seeds > 1
		? scalePositions(adjoint, factor, allocate)
		: scaleRows(adjoint, factor, allocate);
};

const scaleChannels = (
	adjoint: SparseAdjoint,
	factor: Factor,
	allocate: Allocate,
): SparseAdjoint => {
	const channels = channelCount(adjoint.shape);
	const space = positionCount(adjoint.shape);
	const factors = allocate(channels);
	for (let channel = 0; channel < channels; channel++) {
		factors[channel] = factor(channel * space);
	}

	const scaleEach = (rows: Float32Array): Float32Array =>
		multiplyEach(rows, factors, {channels, factorsOf: () => 0, allocate});

	return {
		...adjoint,
		rows: scaleEach(adjoint.rows),
		...(adjoint.uniform && {uniform: scaleEach(adjoint.uniform)}),
	};
};

/** Multiplies each row by a row of factors. */
const multiplyEach = (
	rows: Float32Array,
	factors: Float32Array,
	{
		channels,
		factorsOf,
		allocate,
	}: {
		readonly channels: number;
		readonly factorsOf: (row: number) => number;
		readonly allocate: Allocate;
	},
): Float32Array => {
	const scaled = allocate(rows.length);
	scaled.set(rows);
	const multiply = multiplyRows(
		{data: scaled, step: channels},
		{data: factors, step: channels},
		channels,
	);
	for (let row = 0; row < rows.length / channels; row++) {
		multiply(row, factorsOf(row));
	}

	return scaled;
};

/** Batched seeds share positions, so the factors of each position are computed once. */
const scalePositions = (
	adjoint: SparseAdjoint,
	factor: Factor,
	allocate: Allocate,
): SparseAdjoint => {
	const {shape, positions, rows} = adjoint;
	const channels = channelCount(shape);
	const space = positionCount(shape);
	const places = new Map<number, number>();
	for (const position of positions) {
		if (!places.has(position)) {
			places.set(position, places.size);
		}
	}

	const factors = allocate(places.size * channels);
	let index = 0;
	for (const position of places.keys()) {
		const end = position + channels * space;
		for (let offset = position; offset < end; offset += space, index++) {
			factors[index] = factor(offset);
		}
	}

	return {
		...adjoint,
		rows: multiplyEach(rows, factors, {
			channels,
			factorsOf: (row) => places.get(positions[row])!,
			allocate,
		}),
	};
};

const scaleRows = (
	adjoint: SparseAdjoint,
	factor: Factor,
	allocate: Allocate,
): SparseAdjoint => {
	const channels = channelCount(adjoint.shape);
	const space = positionCount(adjoint.shape);
	const rows = allocate(adjoint.rows.length);
	let index = 0;
	for (const position of adjoint.positions) {
		const end = position + channels * space;
		for (let offset = position; offset < end; offset += space, index++) {
			const value = adjoint.rows[index];
			// Most of a mask's neighbours are zero already, and a factor may cost an exponential.
			rows[index] = value === 0 ? 0 : value * factor(offset);
		}
	}

	return {...adjoint, rows};
};

const scaleDense = (adjoint: DenseAdjoint, factor: Factor): DenseAdjoint => {
	const size = seedSize(adjoint);
	const data = new Float32Array(adjoint.data.length);
	for (let base = 0; base < data.length; base += size) {
		for (let offset = 0; offset < size; offset++) {
			const value = adjoint.data[base + offset];
			data[base + offset] = value === 0 ? 0 : value * factor(offset);
		}
	}

	return {...adjoint, data};
};
