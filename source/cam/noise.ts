import type {Picture, Oracle} from './oracle.js';

/** Uniform numbers in [0, 1) from a seed: mulberry32. */
export const seededNumbers = (seed: number): (() => number) => {
	// Scrambled first, so that neighbouring seeds do not start alike.
	let state = Math.imul(seed ^ 0x9e_37_79_b9, 0x85_eb_ca_6b) >>> 0;
	return () => {
		state = (state + 0x6d_2b_79_f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
};

/** Normally distributed numbers of mean 0 and deviation 1 (Box–Muller). */
export const normalNumbers = (uniform: () => number): (() => number) => {
	return () =>
		Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
};

const rangeOf = ({data}: Picture): number => {
	let min = Number.POSITIVE_INFINITY;
	let max = Number.NEGATIVE_INFINITY;
	for (const value of data) {
		min = Math.min(min, value);
		max = Math.max(max, value);
	}

	return max - min;
};

/**
Calls `visit` with noisy copies `[C, H, W]` of an oracle's input, one after the other; the seed determines the noise.

@param defaults How many copies, and the deviation as a share of the input's range, where the settings leave them out.
@returns How many copies there were.
*/
export const visitNoisyInputs = async (
	{input, settings, report}: Oracle,
	defaults: {readonly samples: number; readonly sigma: number},
	visit: (noisy: Float32Array) => Promise<void>,
): Promise<number> => {
	const {
		samples = defaults.samples,
		sigma = defaults.sigma,
		seed = 1,
	} = settings;
	const deviation = sigma * rangeOf(input);
	const normal = normalNumbers(seededNumbers(seed));
	for (let sample = 0; sample < samples; sample++) {
		// eslint-disable-next-line no-await-in-loop -- each fills the network by itself
		await visit(input.data.map((value) => value + deviation * normal()));
		report(sample + 1, samples);
	}

	return samples;
};
