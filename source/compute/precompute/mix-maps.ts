import type {Plan} from './plan.js';
import type {SeedMap} from './seed-maps.js';

/** Writes `a + weight · (b − a)`, cut off at 0, and answers its maximum. */
const mixRectified = (
	target: Float32Array,
	a: Float32Array,
	b: Float32Array,
	weight: number,
): number => {
	let max = 0;
	for (let at = 0; at < target.length; at++) {
		const value = a[at] + weight * (b[at] - a[at]);
		// Also where it is not a number.
		const positive = Math.max(value, 0);
		target[at] = positive;
		max = Math.max(positive, max);
	}

	return max;
};

/** Fills its target with the map of one column of a row, after the ReLU, and answers its maximum. */
export type MapRow = (target: Float32Array, column: number) => number;

/**
The maps of row `y` of the output for one class.

Along a row all pixels between two seeds share their rows of seeds, so these are mixed once, and each pixel costs one multiplication a cell.
*/
export const openMapRow = (
	{rows, columns, width}: Plan['seeds'],
	seedMap: SeedMap,
	y: number,
	id: number,
): MapRow => {
	const upper = rows.first[y] * width;
	const lower = rows.second[y] * width;
	const weight = rows.weight[y];
	const mixed: Array<Float32Array | undefined> = [];
	const mix = (column: number): Float32Array => {
		const a = seedMap(upper + column, id);
		const b = seedMap(lower + column, id);
		return weight === 0
			? a
			: a.map((value, at) => value + weight * (b[at] - value));
	};

	const mixedAt = (column: number): Float32Array => {
		mixed[column] ??= mix(column);
		return mixed[column];
	};

	return (target, x) =>
		mixRectified(
			target,
			mixedAt(columns.first[x]),
			mixedAt(columns.second[x]),
			columns.weight[x],
		);
};
