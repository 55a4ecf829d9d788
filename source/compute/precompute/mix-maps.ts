import type {Plan} from './plan.js';
import type {SeedRow} from './seed-maps.js';

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

/** Row `y` of the output for one class, mixed from two rows of seeds; each column when it is first wanted. */
const mixRows = (
	upper: SeedRow,
	lower: SeedRow,
	weight: number,
): ((column: number) => Float32Array) => {
	const mixed: Array<Float32Array | undefined> = [];
	return (column) => {
		const a = upper[column]!;
		const b = lower[column]!;
		if (weight === 0 || a === b) {
			return a;
		}

		let map = mixed[column];
		if (!map) {
			map = new Float32Array(a.length);
			for (let at = 0; at < map.length; at++) {
				map[at] = a[at] + weight * (b[at] - a[at]);
			}

			mixed[column] = map;
		}

		return map;
	};
};

/** Fills its target with the map of one column of a row, after the ReLU, and answers its maximum. */
export type MapRow = (target: Float32Array, column: number) => number;

/**
The maps of a row of the output for one class.

Along a row all pixels between two seeds share their rows of seeds, so these are mixed once, and each pixel costs one multiplication a cell.
*/
export const openMapRow = async (
	{rows, columns}: Plan['seeds'],
	seedMaps: (row: number, id: number) => Promise<SeedRow>,
	y: number,
	id: number,
): Promise<MapRow> => {
	const upper = await seedMaps(rows.first[y], id);
	const lower = await seedMaps(rows.second[y], id);
	const mixed = mixRows(upper, lower, rows.weight[y]);
	return (target, x) =>
		mixRectified(
			target,
			mixed(columns.first[x]),
			mixed(columns.second[x]),
			columns.weight[x],
		);
};
