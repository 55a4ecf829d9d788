import type {Adjoint, DenseAdjoint, SparseAdjoint} from './adjoint.js';
import {densify, seedSize} from './dense.js';
import {channelCount, positionCount} from './extent.js';
import type {AdjointRule, Needs, ReverseContext} from './rule.js';

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

/**
The rule of an operator that maps every element by itself, `y = f(x)`, from its slope `f′`.

@param needs The forward values that the slope reads, e.g. `{inputs: [0]}`.
@param slope Given what the node knows, the derivative at each element: `context => { const x = context.input(0); return offset => Math.exp(x[offset]); }`.
*/
export const elementwise = (
	needs: Needs,
	slope: (context: ReverseContext) => Factor,
): AdjointRule => {
	const apply = (
		context: ReverseContext,
		[adjoint]: ReadonlyArray<Adjoint | undefined>,
	) => [adjoint && scale(adjoint, slope(context))];
	return {needs: () => needs, dense: apply, sparse: apply};
};
