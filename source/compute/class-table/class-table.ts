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

/** Sums rows of a table, each with its weight. */
const mixRows = (
	table: Float32Array,
	length: number,
	mix: ReadonlyMap<number, number>,
): Float32Array => {
	const sum = new Float32Array(length);
	const rowOf = (row: number) =>
		table.subarray(row * length, (row + 1) * length);
	const shares = [...mix];
	// Four at a time, as many as a pixel is mixed from, so that the sum is written once.
	for (let at = 0; at < shares.length; at += 4) {
		const [first, weightA] = shares[at];
		const [second, weightB] = shares[at + 1] ?? [first, 0];
		const [third, weightC] = shares[at + 2] ?? [first, 0];
		const [fourth, weightD] = shares[at + 3] ?? [first, 0];
		const a = rowOf(first);
		const b = rowOf(second);
		const c = rowOf(third);
		const d = rowOf(fourth);
		for (let index = 0; index < length; index++) {
			sum[index] +=
				weightA * a[index] +
				weightB * b[index] +
				weightC * c[index] +
				weightD * d[index];
		}
	}

	return sum;
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
