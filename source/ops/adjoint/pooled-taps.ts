import {elementCount} from '../../graph/tensor.js';
import type {SparseAdjoint} from './adjoint.js';
import type {ReverseContext} from './rule.js';
import type {TapMap} from './taps.js';

/**
The sum over space of what a map of taps answers, without placing a single row.

A row's sum depends on its position only through the taps that lead outside. Away from the border none does, and along it there are few patterns, so each pattern's taps are summed into one matrix `[Cout, Cin]` beforehand, and a row is multiplied once instead of once a tap. Undefined where that does not pay: grouped channels, and so little work that placing the rows, which rounds less, is as fast.
*/
export const poolTaps = async (
	context: ReverseContext,
	adjoint: SparseAdjoint,
	map: TapMap,
): Promise<Float32Array | undefined> => {
	const {seeds, owners: all} = adjoint;
	const work = all.length * map.outputs * map.inputs * elementCount(map.kernel);
	if (map.groups > 1 || work < leastWork) {
		return undefined;
	}

	const sums = new Float32Array(seeds * map.inputs);
	for (const [pattern, {owners, rows}] of sumByPattern(adjoint, map)) {
		// eslint-disable-next-line no-await-in-loop -- All products run on the same cores.
		const product = await preparePattern(context, map, pattern);
		// eslint-disable-next-line no-await-in-loop
		const part = await product(rows, owners.length);
		for (const [row, owner] of owners.entries()) {
			for (let input = 0; input < map.inputs; input++) {
				sums[owner * map.inputs + input] += part[row * map.inputs + input];
			}
		}
	}

	return sums;
};

/** In multiplications; a call of the runtime takes as long. */
const leastWork = 2 ** 20;

/** Which taps stay inside, one bit a tap of each axis, axis after axis: `"7,3"`. */
type Pattern = string;

type PatternRows = {
	/** The seeds that have such rows. */
	readonly owners: readonly number[];
	/** `[owners, Cout]` */
	readonly rows: Float32Array;
};

/** The rows of each seed, summed over the positions with the same pattern. */
const sumByPattern = (
	adjoint: SparseAdjoint,
	map: TapMap,
): ReadonlyMap<Pattern, PatternRows> => {
	const patternAt = readPatterns(map);
	const {seeds, owners, positions, rows, uniform} = adjoint;
	const {outputs} = map;
	const slots = new Map<Pattern, Map<number, Float64Array>>();
	const slotOf = (pattern: Pattern, owner: number): Float64Array => {
		const byOwner = slots.get(pattern) ?? new Map<number, Float64Array>();
		slots.set(pattern, byOwner);
		const sum = byOwner.get(owner) ?? new Float64Array(outputs);
		byOwner.set(owner, sum);
		return sum;
	};

	for (const [row, owner] of owners.entries()) {
		const sum = slotOf(patternAt(positions[row]), owner);
		for (let output = 0; output < outputs; output++) {
			sum[output] += rows[row * outputs + output];
		}
	}

	if (uniform) {
		for (const [pattern, count] of countPatterns(patternAt, map)) {
			for (let owner = 0; owner < seeds; owner++) {
				const sum = slotOf(pattern, owner);
				for (let output = 0; output < outputs; output++) {
					sum[output] += count * uniform[owner * outputs + output];
				}
			}
		}
	}

	return new Map(
		Array.from(slots, ([pattern, byOwner]) => [
			pattern,
			{owners: [...byOwner.keys()], rows: joinRows([...byOwner.values()])},
		]),
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

const readPatterns = ({
	from,
	kernel,
	coordinates,
}: TapMap): ((position: number) => Pattern) => {
	const bits = from.map((size, axis) =>
		Array.from({length: size}, (_, place) => {
			let mask = 0;
			for (let tap = 0; tap < kernel[axis]; tap++) {
				if (coordinates[axis][place * kernel[axis] + tap] >= 0) {
					mask += 2 ** tap;
				}
			}

			return mask;
		}),
	);
	return (position) => {
		const pattern: number[] = [];
		let rest = position;
		for (let axis = from.length - 1; axis >= 0; axis--) {
			const place = rest % from[axis];
			pattern.unshift(bits[axis][place]);
			rest = (rest - place) / from[axis];
		}

		return pattern.join(',');
	};
};

const countPatterns = (
	patternAt: (position: number) => Pattern,
	{from}: TapMap,
): ReadonlyMap<Pattern, number> => {
	const counts = new Map<Pattern, number>();
	for (let position = 0; position < elementCount(from); position++) {
		const pattern = patternAt(position);
		counts.set(pattern, (counts.get(pattern) ?? 0) + 1);
	}

	return counts;
};

/** The matrix `[Cout, Cin]` of the taps that stay inside, summed. */
const preparePattern = async (
	{kernels, node}: ReverseContext,
	{outputs, inputs, kernel, weight}: TapMap,
	pattern: Pattern,
) =>
	kernels.product(`${node.name} pooled ${pattern}`, outputs, inputs, () => {
		const taps = insideTaps(pattern, kernel);
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
	});

/** Flat indices of the taps whose bit is set along every axis. */
const insideTaps = (
	pattern: Pattern,
	kernel: TapMap['kernel'],
): readonly number[] => {
	const masks = pattern.split(',').map(Number);
	let taps = [0];
	for (const [axis, size] of kernel.entries()) {
		taps = taps.flatMap((tap) =>
			Array.from({length: size}, (_, along) => along)
				.filter((along) => Math.trunc(masks[axis] / 2 ** along) % 2 === 1)
				.map((along) => tap * size + along),
		);
	}

	return taps;
};
