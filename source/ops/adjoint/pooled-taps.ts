import {elementCount} from '../../graph/tensor.js';
import type {SparseAdjoint} from './adjoint.js';
import type {ReverseContext} from './rule.js';
import type {TapMap} from './taps.js';

/** Which taps stay inside, by output position. */
export type TapPatterns = {
	/** `[from]` the number of each position's pattern. */
	readonly at: Int32Array;
	/** By number, the flat indices of the taps that stay inside. */
	readonly taps: ReadonlyArray<readonly number[]>;
	/** By number, how many positions have this pattern. */
	readonly counts: readonly number[];
};

/**
The sum over space of what a map of taps answers, without placing a single row.

A row's sum depends on its position only through the taps that lead outside. Away from the border none does, and along it there are few patterns, so each pattern's taps are summed into one matrix `[Cout, Cin]` beforehand, and a row is multiplied once instead of once a tap. Undefined where that does not pay: grouped channels, and so little work that placing the rows, which rounds less, is as fast.
*/
export const poolTaps = async (
	context: ReverseContext,
	adjoint: SparseAdjoint,
	map: TapMap,
	patterns: TapPatterns,
): Promise<Float32Array | undefined> => {
	const {outputs, inputs, kernel, groups} = map;
	const space = patterns.at.length;
	const rowCount = adjoint.owners.length + (adjoint.uniform ? space : 0);
	const work = rowCount * outputs * inputs * elementCount(kernel);
	if (groups > 1 || work < leastWork) {
		return undefined;
	}

	const sums = new Float32Array(adjoint.seeds * inputs);
	const isFilled = new Uint8Array(adjoint.seeds);
	for (const {pattern, owners, rows} of sumByPattern(adjoint, patterns)) {
		// eslint-disable-next-line no-await-in-loop -- All products run on the same cores.
		const product = await context.kernels.product(
			`${context.node.name} pooled ${pattern}`,
			outputs,
			inputs,
			() => sumTaps(map, patterns.taps[pattern]),
		);
		// eslint-disable-next-line no-await-in-loop
		const part = await product(rows, owners.length);
		for (const [row, owner] of owners.entries()) {
			const from = row * inputs;
			const to = owner * inputs;
			if (isFilled[owner]) {
				for (let input = 0; input < inputs; input++) {
					sums[to + input] += part[from + input];
				}
			} else {
				isFilled[owner] = 1;
				sums.set(part.subarray(from, from + inputs), to);
			}
		}
	}

	return sums;
};

/** In multiplications; a call of the runtime takes as long. */
const leastWork = 2 ** 20;

type PatternRows = {
	readonly pattern: number;
	/** The seeds that have rows with this pattern. */
	readonly owners: readonly number[];
	/** `[owners, Cout]` summed over the positions with this pattern. */
	readonly rows: Float32Array;
};

const sumByPattern = (
	{shape, owners, positions, rows, uniform}: SparseAdjoint,
	{at, taps, counts}: TapPatterns,
): readonly PatternRows[] => {
	const [, outputs] = shape;
	const sums = taps.map(() => new Map<number, Float32Array>());
	const sumOf = (pattern: number, owner: number): Float32Array => {
		let sum = sums[pattern].get(owner);
		if (!sum) {
			sum = new Float32Array(outputs);
			sums[pattern].set(owner, sum);
		}

		return sum;
	};

	for (const [row, owner] of owners.entries()) {
		const sum = sumOf(at[positions[row]], owner);
		const from = row * outputs;
		for (let output = 0; output < outputs; output++) {
			sum[output] += rows[from + output];
		}
	}

	for (const [index, value] of uniform?.entries() ?? []) {
		const owner = Math.trunc(index / outputs);
		for (const [pattern, count] of counts.entries()) {
			sumOf(pattern, owner)[index % outputs] += count * value;
		}
	}

	return sums.flatMap((byOwner, pattern) =>
		byOwner.size === 0
			? []
			: [
					{
						pattern,
						owners: [...byOwner.keys()],
						rows: joinRows([...byOwner.values()]),
					},
				],
	);
};

const joinRows = (rows: readonly Float32Array[]): Float32Array => {
	const [first] = rows;
	if (rows.length === 1) {
		return first;
	}

	const joined = new Float32Array(rows.length * first.length);
	for (const [index, row] of rows.entries()) {
		joined.set(row, index * first.length);
	}

	return joined;
};

/** Works out which taps stay inside from each output position. */
export const readPatterns = ({
	from,
	kernel,
	coordinates,
}: TapMap): TapPatterns => {
	const numbers = new Map<string, number>();
	const taps: Array<readonly number[]> = [];
	const counts: number[] = [];
	const at = new Int32Array(elementCount(from));
	for (const position of at.keys()) {
		const inside = tapsInside(placesOf(position, from), kernel, coordinates);
		const key = inside.join(',');
		let number = numbers.get(key);
		if (number === undefined) {
			number = taps.push(inside) - 1;
			numbers.set(key, number);
			counts.push(0);
		}

		at[position] = number;
		counts[number]++;
	}

	return {at, taps, counts};
};

/** A flat position by axis. */
const placesOf = (position: number, space: readonly number[]): number[] => {
	const places: number[] = [];
	let rest = position;
	for (const size of space.toReversed()) {
		places.unshift(rest % size);
		rest = Math.trunc(rest / size);
	}

	return places;
};

const tapsInside = (
	places: readonly number[],
	kernel: readonly number[],
	coordinates: readonly Int32Array[],
): readonly number[] => {
	let taps = [0];
	for (const [axis, size] of kernel.entries()) {
		const list = coordinates[axis].subarray(
			places[axis] * size,
			(places[axis] + 1) * size,
		);
		taps = taps.flatMap((tap) =>
			[...list].flatMap((at, along) => (at < 0 ? [] : [tap * size + along])),
		);
	}

	return taps;
};

/** `[Cout, Cin]`, summed over some taps. */
const sumTaps = (
	{outputs, inputs, weight}: TapMap,
	taps: readonly number[],
): Float32Array => {
	const matrix = new Float32Array(outputs * inputs);
	for (let index = 0; index < matrix.length; index++) {
		const output = Math.trunc(index / inputs);
		let sum = 0;
		for (const tap of taps) {
			sum += weight(output, index % inputs, tap);
		}

		matrix[index] = sum;
	}

	return matrix;
};
