import type {Target} from '../../autodiff/seed.js';
import type {Mix} from '../../ops/adjoint/unmix-rows.js';
import type {Explanation} from '../evaluated-image.js';
import type {RowTable} from './row-table.js';

/** A class whose every pixel is explained: a pixel is a mix of a few rows. */
export type ClassTable = {
	readonly class: number;
	readonly layer: string;
	/** Grad-CAM for a target of this class, exact: rows are mixed before the ReLU. */
	readonly explain: (target: Target) => Explanation;
	/** Gives its memory, a hundred megabytes on a large network, to the next table; nothing may be read any more, nor the weights of what it explained. */
	readonly release: () => void;
};

/** What every low-resolution pixel of a class has to say. */
export type ClassRows = {
	/** By seed, the weights of Grad-CAM. */
	readonly weights: RowTable;
	/** By seed, the map before its ReLU. */
	readonly maps: RowTable;
};

/** Reads pixels from the rows of a class. */
export const readClassTable = (
	rows: ClassRows,
	{
		mix,
		...about
	}: {
		readonly class: number;
		readonly layer: string;
		/** Columns and rows of the layer. */
		readonly width: number;
		readonly height: number;
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
		return {
			width,
			height,
			...rows.maps.mixMap(mixed),
			// A third of the work, and whoever follows the cursor looks at the map only.
			get weights() {
				return rows.weights.mix(mixed);
			},
			ms: performance.now() - start,
		};
	},
});
