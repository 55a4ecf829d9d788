import {elementCount} from '../../graph/tensor.js';
import type {SparseAdjoint} from './adjoint.js';
import type {ReverseContext} from './rule.js';
import type {TapMap} from './taps.js';

/** Which taps stay inside, by output position. */
type TapPatterns = {
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
export const poolTaps = (
	context: ReverseContext,
	adjoint: SparseAdjoint,
	map: TapMap,
	patterns: TapPatterns,
): Promise<Float32Array> | undefined => {
	const {outputs, inputs, kernel, groups} = map;
	const space = patterns.at.length;
	const rowCount = adjoint.owners.length + (adjoint.uniform ? space : 0);
	const work = rowCount * outputs * inputs * elementCount(kernel);
	return groups > 1 || work < leastWork
		? undefined
		: multiplyByPattern(context, adjoint, map, patterns);
};

/** In multiplications; a call of the runtime takes as long. */
const leastWork = 2 ** 20;

const multiplyByPattern = async (
	context: ReverseContext,
	adjoint: SparseAdjoint,
	map: TapMap,
	patterns: TapPatterns,
): Promise<Float32Array> => {
	const {outputs, inputs} = map;
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
	// Double precision, since one sum may run over a whole picture.
	const sums = taps.map(() => new Map<number, Float64Array>());
	const sumOf = (pattern: number, owner: number): Float64Array => {
		let sum = sums[pattern].get(owner);
		if (!sum) {
			sum = new Float64Array(outputs);
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

const joinRows = (rows: readonly Float64Array[]): Float32Array => {
	const [first] = rows;
	const joined = new Float32Array(rows.length * first.length);
	for (const [index, row] of rows.entries()) {
		joined.set(row, index * first.length);
	}

	return joined;
};

/** What one axis adds to the patterns of an output position: its places fall into a few kinds. */
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

/** Works out which taps stay inside from each output position: those that do so along every axis. */
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

/** `[Cout, Cin]`, summed over some taps. */
const sumTaps = (
	{outputs, inputs, weights: {data, begin, step}}: TapMap,
	taps: readonly number[],
): Float32Array => {
	if (step === 1) {
		// The one tap of a matrix.
		return new Float32Array(data);
	}

	const matrix = new Float32Array(outputs * inputs);
	for (let output = 0; output < outputs; output++) {
		for (const tap of taps) {
			let from = begin(output) + tap;
			const end = (output + 1) * inputs;
			for (let index = output * inputs; index < end; index++) {
				matrix[index] += data[from];
				from += step;
			}
		}
	}

	return matrix;
};
