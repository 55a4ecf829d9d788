import {rectify} from '../../cam/rectify.js';
import {createLoop} from '../../ops/simd/loop.js';
import {mixFour, rectifyRow} from '../../ops/simd/mix-rows.js';

/** The rows that a pixel is mixed from, with their weights. */
type Shares = ReadonlyMap<number, number>;

/** Rows that workers write, and pixels are mixed from. */
export type RowTable = {
	/** `[count, length]`, in shared memory. */
	readonly rows: Float32Array;
	/** The weighted sum of some rows after the ReLU, with its minimum and maximum. */
	readonly mix: (shares: Shares) => {
		readonly map: Float32Array;
		readonly min: number;
		readonly max: number;
	};
};

const pageBytes = 2 ** 16;

/** Bytes of one SIMD operation. */
const laneBytes = 16;

/** Allocates rows, where the system allows in memory that SIMD loops can mix. */
export const createRowTable = (count: number, length: number): RowTable => {
	const pages = Math.ceil((4 * (count + 1) * length + laneBytes) / pageBytes);
	try {
		const memory = new WebAssembly.Memory({
			initial: pages,
			maximum: pages,
			shared: true,
		});
		return quickTable(memory, count, length);
	} catch {
		return plainTable(count, length);
	}
};

/** A row's address in bytes, and its weight. */
type Term = readonly [place: number, weight: number];

const quickTable = (
	memory: WebAssembly.Memory,
	count: number,
	length: number,
): RowTable => {
	const rows = new Float32Array(memory.buffer, 0, count * length);
	const place = Math.ceil((4 * rows.length) / laneBytes) * laneBytes;
	const sum = new Float32Array(memory.buffer, place, length);
	const whole = length - (length % 4);
	const end = place + 4 * whole;
	const mixLanes = createLoop(mixFour, memory);
	const rectifyLanes = createLoop(rectifyRow, memory);

	/** Up to four; missing ones are replaced by one of weight 0. */
	const mixTerms = (terms: readonly Term[]): void => {
		const [first] = terms;
		const [a, b, c, d] = Array.from(
			{length: 4},
			(_, index): Term => terms[index] ?? [first[0], 0],
		);
		mixLanes(place, a[0], b[0], c[0], d[0], end, a[1], b[1], c[1], d[1]);
	};

	const mix = (shares: Shares): void => {
		const terms = Array.from(shares, ([row, weight]): Term => [
			4 * row * length,
			weight,
		]);
		if (terms.length === 0) {
			sum.fill(0);
			return;
		}

		mixTerms(terms.slice(0, 4));
		for (let begin = 4; begin < terms.length; begin += 3) {
			mixTerms([[place, 1], ...terms.slice(begin, begin + 3)]);
		}

		for (let at = whole; at < length; at++) {
			sum[at] = 0;
			for (const [row, weight] of shares) {
				sum[at] += weight * rows[row * length + at];
			}
		}
	};

	return {
		rows,
		mix(shares) {
			mix(shares);
			const max = rectifyLanes(place, end);
			const map = new Float32Array(sum);
			const rest = rectify(map.subarray(whole));
			return {map, min: leastOf(map), max: Math.max(max, rest.max)};
		},
	};
};

/** The minimum of non-negative numbers: almost always 0, which soon comes up. */
const leastOf = (numbers: Float32Array): number => {
	let least = Number.POSITIVE_INFINITY;
	for (let at = 0; at < numbers.length && least > 0; at++) {
		least = Math.min(least, numbers[at]);
	}

	return least;
};

const plainTable = (count: number, length: number): RowTable => {
	const rows = new Float32Array(new SharedArrayBuffer(4 * count * length));
	return {
		rows,
		mix(shares) {
			const map = new Float32Array(length);
			for (const [row, weight] of shares) {
				const begin = row * length;
				for (let at = 0; at < length; at++) {
					map[at] += weight * rows[begin + at];
				}
			}

			return {map, ...rectify(map)};
		},
	};
};
