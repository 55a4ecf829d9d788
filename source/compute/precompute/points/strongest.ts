/** The strongest points of a map, as written; the next call overwrites them. */
export type Strongest = {
	readonly count: number;
	/** Ascending positions in the map. */
	readonly positions: Uint32Array;
	/** Weights with four decimals, above 0 and at most 1. */
	readonly weights: Float32Array;
};

/** Ten-thousandths in a bucket of the first count: 157 buckets there and 64 in the second are quickly searched. */
const bucketBits = 6;
const one = 10_000;

/**
Creates the function that selects the strongest points of non-negative maps.

Weights are first rounded to four decimals, as they will be written, so that they can be counted instead of sorted. Ties go to the first; what rounds to 0 is never selected.

@param length Values of a map.
@param top The maximum number of points.
@param threshold The smallest weight, 0–1.
*/
export const createSelection = (
	length: number,
	top: number,
	threshold: number,
): ((map: Float32Array, max: number) => Strongest) => {
	const least = Math.max(1, Math.ceil(threshold * one - 1e-6));
	/** The candidates: their positions and rounded weights. */
	const places = new Uint32Array(length);
	const rounded = new Uint16Array(length);
	const coarse = new Uint32Array((one >> bucketBits) + 1);
	const fine = new Uint32Array(1 << bucketBits);
	const size = Math.min(top, length);
	const positions = new Uint32Array(size);
	const weights = new Float32Array(size);

	/** Collects what reaches the smallest weight, without a branch, which would be mispredicted every other time: every position is written, and overwritten unless it counts. */
	const gather = (map: Float32Array, max: number): number => {
		const scale = one / max;
		let count = 0;
		for (let at = 0; at < length; at++) {
			// eslint-disable-next-line unicorn/prefer-math-trunc -- Weights are small, and this is one instruction.
			const value = (map[at] * scale + 0.5) | 0;
			places[count] = at;
			rounded[count] = value;
			count += isBelow(least - 1, value);
		}

		return count;
	};

	/** The smallest weight among the strongest, and how many points of exactly that weight fit. */
	const findCut = (count: number): {cut: number; ties: number} => {
		if (count <= top) {
			return {cut: 0, ties: 0};
		}

		coarse.fill(0);
		for (let index = 0; index < count; index++) {
			coarse[rounded[index] >> bucketBits]++;
		}

		let above = 0;
		let bucket = coarse.length - 1;
		for (; above + coarse[bucket] <= top; bucket--) {
			above += coarse[bucket];
		}

		fine.fill(0);
		for (let index = 0; index < count; index++) {
			if (rounded[index] >> bucketBits === bucket) {
				fine[rounded[index] & (fine.length - 1)]++;
			}
		}

		let within = fine.length - 1;
		for (; above + fine[within] <= top; within--) {
			above += fine[within];
		}

		return {cut: (bucket << bucketBits) | within, ties: top - above};
	};

	return (map, max) => {
		const listed = gather(map, max);
		const {cut, ties} = findCut(listed);
		let left = ties;
		let count = 0;
		for (let index = 0; index < listed; index++) {
			const value = rounded[index];
			if (value < cut) {
				continue;
			}

			if (value > cut || left-- > 0) {
				positions[count] = places[index];
				weights[count] = value / one;
				count++;
			}
		}

		return {count, positions, weights};
	};
};

/** 1 where an integer is less than another, else 0. */
const isBelow = (a: number, b: number): number => (a - b) >>> 31;
