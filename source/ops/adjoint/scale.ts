import type {Adjoint, DenseAdjoint, SparseAdjoint} from './adjoint.js';
import {densify, seedSize} from './dense.js';
import {channelCount, positionCount} from './extent.js';

/** A factor for each element of a value, by flat index in C order. */
export type Factor = (offset: number) => number;

/**
Multiplies an adjoint element by element: what every elementwise operator does to it.

@param isConstantOverSpace Whether the factor depends on the channel only; then a uniform term stays uniform, else it makes the adjoint dense.
*/
export const scale = (
	adjoint: Adjoint,
	factor: Factor,
	isConstantOverSpace = false,
): Adjoint =>
	adjoint.kind === 'sparse' && (isConstantOverSpace || !adjoint.uniform)
		? scaleRows(adjoint, factor)
		: scaleDense(densify(adjoint), factor);

const scaleRows = (adjoint: SparseAdjoint, factor: Factor): SparseAdjoint => {
	const channels = channelCount(adjoint.shape);
	const space = positionCount(adjoint.shape);
	const rows = new Float32Array(adjoint.rows.length);
	let index = 0;
	for (const position of adjoint.positions) {
		const end = position + channels * space;
		for (let offset = position; offset < end; offset += space, index++) {
			const value = adjoint.rows[index];
			// Most of a mask's neighbours are zero already, and a factor may cost an exponential.
			rows[index] = value === 0 ? 0 : value * factor(offset);
		}
	}

	return {
		...adjoint,
		rows,
		uniform: adjoint.uniform?.map(
			(value, at) => value * factor((at % channels) * space),
		),
	};
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
