import type {Target} from '../../autodiff/seed.js';
import {rectify} from '../../cam/explain.js';
import type {Mix} from '../../ops/adjoint/unmix-rows.js';
import type {Explanation} from '../evaluated-image.js';
import type {TableRows} from './fill-table.js';

/** A class whose every pixel is explained: a pixel is a mix of a few rows. */
export type ClassTable = {
	readonly class: number;
	readonly layer: string;
	/** Grad-CAM for a target of this class, exact: rows are mixed before the ReLU. */
	readonly explain: (target: Target) => Explanation;
	/** Gives its memory, a hundred megabytes on a large network, to the next table; nothing may be read any more, nor the weights of what it explained. */
	readonly release: () => void;
};

/** A row of a table, and its share of a sum. */
type Share = readonly [row: Float32Array, weight: number];

/** Sums rows of a table, each with its weight. */
const mixRows = (
	table: Float32Array,
	length: number,
	mix: ReadonlyMap<number, number>,
): Float32Array => {
	const sum = new Float32Array(length);
	const shares = Array.from(mix, ([row, weight]): Share => [
		table.subarray(row * length, (row + 1) * length),
		weight,
	]);
	const nothing: Share = [sum, 0];
	// Four at a time, as many as a pixel is mixed from, so that the sum is written once.
	for (let at = 0; at < shares.length; at += 4) {
		const [a, b = nothing, c = nothing, d = nothing] = shares.slice(at, at + 4);
		addShares(sum, a, b, c, d);
	}

	return sum;
};

/** A function of its own, which the compiler makes twice as fast. */
const addShares = (
	sum: Float32Array,
	...[[a, weightA], [b, weightB], [c, weightC], [d, weightD]]: readonly [
		Share,
		Share,
		Share,
		Share,
	]
): void => {
	for (let at = 0; at < sum.length; at++) {
		sum[at] +=
			weightA * a[at] + weightB * b[at] + weightC * c[at] + weightD * d[at];
	}
};

/** Reads pixels from the rows of a class. */
export const readClassTable = (
	rows: TableRows,
	{
		mix,
		seeds,
		...about
	}: {
		readonly class: number;
		readonly layer: string;
		/** Columns and rows of the layer. */
		readonly width: number;
		readonly height: number;
		readonly seeds: number;
		readonly mix: (position: number) => Mix;
		readonly release: () => void;
	},
): ClassTable => ({
	class: about.class,
	layer: about.layer,
	release: about.release,
	explain(target) {
		const start = performance.now();
		if (target.class !== about.class || target.versus !== undefined) {
			throw new RangeError(
				`The table of class ${about.class} does not explain class ${target.class}`,
			);
		}

		const mixed = new Map<number, number>();
		for (const {position, weight = 1} of target.pixels) {
			for (const [row, share] of mix(position)) {
				mixed.set(row, (mixed.get(row) ?? 0) + weight * share);
			}
		}

		const {width, height} = about;
		const map = mixRows(rows.maps, rows.maps.length / seeds, mixed);
		return {
			map,
			width,
			height,
			...rectify(map),
			// A third of the work, and whoever follows the cursor looks at the map only.
			get weights() {
				return mixRows(rows.weights, rows.weights.length / seeds, mixed);
			},
			ms: performance.now() - start,
		};
	},
});
