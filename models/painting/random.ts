/** A stream of random choices that one seed decides for ever. */
export type Random = {
	/** A number from `low` up to, but not including, `high`. */
	readonly between: (low: number, high: number) => number;
	/** An integer from `low` to `high`, both included. */
	readonly integer: (low: number, high: number) => number;
	/** True with the given probability, 0–1. */
	readonly chance: (probability: number) => boolean;
	readonly pick: <T>(items: readonly T[]) => T;
	/** Normally distributed (Box–Muller). */
	readonly normal: (mean: number, deviation: number) => number;
	/** A stream of its own, so that what it is used for can grow without changing what comes after it here. */
	readonly fork: () => Random;
};

/** Starts a stream: mulberry32, which passes PractRand to far more numbers than a picture takes. */
export function seeded(seed: number): Random {
	// Spread first: neighbouring seeds must not start alike.
	let state = Math.imul(seed ^ 0x9e_37_79_b9, 0x85_eb_ca_6b) >>> 0;

	const next = () => {
		state = (state + 0x6d_2b_79_f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
	};

	const integer = (low: number, high: number) =>
		low + Math.floor(next() * (high - low + 1));

	return {
		between: (low, high) => low + next() * (high - low),
		integer,
		chance: (probability) => next() < probability,
		pick: (items) => items[integer(0, items.length - 1)],
		normal: (mean, deviation) =>
			mean +
			deviation *
				Math.sqrt(-2 * Math.log(1 - next())) *
				Math.cos(2 * Math.PI * next()),
		fork: () => seeded(integer(0, 0xff_ff_ff_ff)),
	};
}
