/** How a map is brought to 0–1: divided by its maximum, stretched from minimum to maximum, or left alone. */
export type Normalisation = 'max' | 'min-max' | 'none';

/**
Brings a map to 0–1. A map without contrast becomes 0 everywhere.

`max` keeps 0 where it is, so that "nothing speaks for it" stays nothing; `min-max` gives every map the full range, as pytorch-grad-cam and torch-cam do.
*/
export const normalise = (
	map: Float32Array,
	normalisation: Normalisation,
): Float32Array => {
	if (normalisation === 'none') {
		return map;
	}

	let min = Number.POSITIVE_INFINITY;
	let max = Number.NEGATIVE_INFINITY;
	for (const value of map) {
		min = Math.min(min, value);
		max = Math.max(max, value);
	}

	const least = normalisation === 'max' ? 0 : min;
	const range = max - least;
	return map.map((value) => (range > 0 ? (value - least) / range : 0));
};
