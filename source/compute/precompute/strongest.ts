/** The strongest points of a map, as they are written; overwritten by the next call. */
export type Strongest = {
	readonly count: number;
	/** Positions in the map, ascending. */
	readonly positions: Uint32Array;
	/** Weights of four decimals, above 0 and at most 1. */
	readonly weights: Float32Array;
};

/** Ten-thousandths in a bucket of the first count: 157 buckets of the first, 64 of the second are soon gone through. */
const bucketBits = 6;
const one = 10_000;

/**
Makes the function that chooses the strongest points of maps, whose values are never negative.

Weights are rounded to four decimals first, as they will be written, so that they can be counted instead of sorted. Of equal ones those that come first are chosen. What rounds to 0 is never chosen.

@param length Values of a map.
@param top The most points that are chosen.
@param threshold The least weight, 0–1.
*/
export const createSelection = (
	length: number,
	top: number,
	threshold: number,
): ((map: Float32Array, max: number) => Strongest) => {
	const least = Math.max(1, Math.ceil(threshold * one - 1e-6));
	const rounded = new Uint16Array(length);
	const coarse = new Uint32Array((one >> bucketBits) + 1);
	const fine = new Uint32Array(1 << bucketBits);
	const size = Math.min(top, length);
	const positions = new Uint32Array(size);
	const weights = new Float32Array(size);

	/** The least weight that is chosen, and how many just reach it. */
	const findCut = (): {cut: number; ties: number} => {
		let above = 0;
		let bucket = coarse.length - 1;
		for (; bucket >= 0 && above + coarse[bucket] <= top; bucket--) {
			above += coarse[bucket];
		}

		if (bucket < 0) {
			return {cut: 1, ties: top};
		}

		fine.fill(0);
		for (let at = 0; at < length; at++) {
			if (rounded[at] >> bucketBits === bucket) {
				fine[rounded[at] & (fine.length - 1)]++;
			}
		}

		// It ends above 0: what is not to be chosen counts here, but not in `coarse`.
		let within = fine.length - 1;
		for (; above + fine[within] <= top; within--) {
			above += fine[within];
		}

		return {cut: (bucket << bucketBits) | within, ties: top - above};
	};

	return (map, max) => {
		const scale = one / max;
		coarse.fill(0);
		for (let at = 0; at < length; at++) {
			const value = Math.trunc(map[at] * scale + 0.5);
			if (value >= least) {
				rounded[at] = value;
				coarse[value >> bucketBits]++;
			} else {
				rounded[at] = 0;
			}
		}

		const {cut, ties} = findCut();
		let left = ties;
		let count = 0;
		for (let at = 0; at < length; at++) {
			const value = rounded[at];
			if (value > cut || (value === cut && left-- > 0)) {
				positions[count] = at;
				weights[count] = value / one;
				count++;
			}
		}

		return {count, positions, weights};
	};
};
