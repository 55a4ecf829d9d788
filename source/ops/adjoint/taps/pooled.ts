import {elementCount} from '../../../graph/tensor.js';
import {addRowsDoubly} from '../../simd/add-rows.js';
import type {SparseAdjoint} from '../adjoint.js';
import type {Allocate} from '../scratch.js';
import {allocateDoubles, roundDoubles} from '../doubles.js';
import type {ReverseContext} from '../../rules/adjoint.js';
import {multipliedSums, type PendingSums} from '../sum-rows.js';
import type {TapMap} from './taps.js';

/** The taps that stay inside, by output position. */
type TapPatterns = {
	/** `[from]`: the index of each position's pattern. */
	readonly at: Int32Array;
	/** By pattern, the flat indices of the taps that stay inside. */
	readonly taps: ReadonlyArray<readonly number[]>;
	/** By pattern, the number of its positions. */
	readonly counts: readonly number[];
};

/**
What the taps pass back, summed over space, without scattering a single row.

A row's sum depends on its position only through the taps that lead outside. Away from the border none does, and along it there are few patterns, so each pattern's taps are summed into one matrix `[Cout, Cin]` beforehand, and a row is multiplied once instead of once for each tap. Undefined where that does not pay: with groups, and with so little work that scattering rows, which rounds less, is as fast; at a single position there is nothing to place.
*/
export const poolTaps = (
	context: ReverseContext,
	adjoint: SparseAdjoint,
	map: TapMap,
	patterns: TapPatterns,
): readonly PendingSums[] | undefined => {
	const {outputs, inputs, kernel, groups} = map;
	const space = patterns.at.length;
	const rowCount = adjoint.owners.length + (adjoint.uniform ? space : 0);
	const work = rowCount * outputs * inputs * elementCount(kernel);
	return groups > 1 || (space > 1 && work < leastWork)
		? undefined
		: sumByPattern(adjoint, patterns, context.allocate).map(
				({pattern, owners, rows}) => {
					const matrix = {
						key: `${context.node.name} pooled ${pattern}`,
						k: outputs,
						n: inputs,
						weights: (allocate: Allocate) =>
							sumTaps(map, patterns.taps[pattern], allocate),
					};
					return multipliedSums(owners, {rows, matrix}, context.kernels);
				},
			);
};

/** Multiplications that take as long as a call of the runtime. */
const leastWork = 2 ** 20;

type PatternRows = {
	readonly pattern: number;
	/** The seeds that have rows with this pattern. */
	readonly owners: Int32Array;
	/** `[owners, Cout]`: rows summed over the positions with this pattern. */
	readonly rows: Float32Array;
};

const sumByPattern = (
	{shape, seeds, owners, positions, rows, uniform}: SparseAdjoint,
	{at, taps, counts}: TapPatterns,
	allocate: Allocate,
): readonly PatternRows[] => {
	const [, outputs] = shape;
	const {members, places} = uniform
		? {
				members: taps.map(() => Array.from({length: seeds}, (_, seed) => seed)),
				places: owners,
			}
		: findMembers(owners, positions, {at, taps});
	// A pattern's rows are contiguous, as a matrix product reads them.
	let total = 0;
	const begins = members.map(({length}) => {
		const begin = total;
		total += length;
		return begin;
	});
	// In double precision: one sum may run over a whole picture.
	const sums = allocateDoubles(allocate, total * outputs);
	const add = addRowsDoubly(
		{data: sums, step: outputs},
		{data: rows, step: outputs},
		outputs,
	);
	for (let row = 0; row < owners.length; row++) {
		add(begins[at[positions[row]]] + places[row], row);
	}

	for (const [index, value] of uniform?.entries() ?? []) {
		for (const [pattern, count] of counts.entries()) {
			sums[begins[pattern] * outputs + index] += count * value;
		}
	}

	const rounded = roundDoubles(sums, allocate);
	return members.flatMap((each, pattern) => {
		const from = begins[pattern] * outputs;
		return each.length === 0
			? []
			: [
					{
						pattern,
						owners: Int32Array.from(each),
						rows: rounded.subarray(from, from + each.length * outputs),
					},
				];
	});
};

/** By pattern, the seeds that have rows with it, and each row's index among them. */
const findMembers = (
	owners: Int32Array,
	positions: Int32Array,
	{at, taps}: Pick<TapPatterns, 'at' | 'taps'>,
) => {
	const members = taps.map((): number[] => []);
	const places = new Int32Array(owners.length);
	for (const [row, owner] of owners.entries()) {
		const seeds = members[at[positions[row]]];
		// Rows are ordered by owner, so a repeated seed is the last one.
		if (seeds.at(-1) !== owner) {
			seeds.push(owner);
		}

		places[row] = seeds.length - 1;
	}

	return {members, places};
};

/** The patterns along one axis: its places fall into a few kinds. */
type AxisPatterns = {
	/** `[from]` by place. */
	readonly kinds: readonly number[];
	/** By kind, which taps of the axis stay inside. */
	readonly taps: ReadonlyArray<readonly number[]>;
};

const readAxis = (
	coordinates: Int32Array,
	from: number,
	kernel: number,
): AxisPatterns => {
	const known = new Map<string, number>();
	const taps: Array<readonly number[]> = [];
	const kinds = Array.from({length: from}, (_, place) => {
		const inside = Array.from({length: kernel}, (_, tap) => tap).filter(
			(tap) => coordinates[place * kernel + tap] >= 0,
		);
		const key = inside.join(',');
		const kind = known.get(key) ?? taps.push(inside) - 1;
		known.set(key, kind);
		return kind;
	});
	return {kinds, taps};
};

/** Finds the taps that stay inside from each output position: those that do along every axis. */
export const readPatterns = ({
	from,
	kernel,
	coordinates,
}: TapMap): TapPatterns => {
	let at = [0];
	let taps: TapPatterns['taps'] = [[0]];
	for (const [axis, size] of kernel.entries()) {
		const along = readAxis(coordinates[axis], from[axis], size);
		at = at.flatMap((pattern) =>
			along.kinds.map((kind) => pattern * along.taps.length + kind),
		);
		taps = taps.flatMap((outer) =>
			along.taps.map((inner) =>
				outer.flatMap((tap) => inner.map((place) => tap * size + place)),
			),
		);
	}

	const counts = taps.map(() => 0);
	for (const pattern of at) {
		counts[pattern]++;
	}

	return {at: Int32Array.from(at), taps, counts};
};

/** `[Cout, Cin]`: the sum of some taps' matrices. */
const sumTaps = (
	{outputs, inputs, weights: {data, begin, step}}: TapMap,
	taps: readonly number[],
	allocate: Allocate,
): Float32Array => {
	const matrix = allocate(outputs * inputs);
	if (step === 1) {
		// A matrix has a single tap.
		matrix.set(data);
		return matrix;
	}

	for (let output = 0, index = 0; output < outputs; output++) {
		const end = begin(output) + inputs * step;
		for (let from = begin(output); from < end; from += step, index++) {
			let sum = 0;
			for (let at = 0; at < taps.length; at++) {
				sum += data[from + taps[at]];
			}

			matrix[index] = sum;
		}
	}

	return matrix;
};
