import type {Target} from '../../autodiff/seed.js';
import type {Mix} from '../../ops/adjoint/unmix-rows.js';
import type {Explanation} from '../evaluated-image.js';
import type {RowTable} from './row-table.js';

/** A class with every pixel explained: each is a mix of a few rows. */
export type ClassTable = {
	readonly class: number;
	/** The exact Grad-CAM of a target of this class: rows are mixed before the ReLU. */
	readonly explain: (target: Target) => Explanation;
	/** Hands the memory, a hundred megabytes on a large network, to the next table; this one may no longer be read. */
	readonly release: () => void;
};

/**
Explains the pixels of a class.

@param maps By low-resolution pixel, its map before the ReLU.
*/
export const readClassTable = (
	maps: RowTable,
	{
		mix,
		...about
	}: {
		readonly class: number;
		/** Columns and rows of the layer. */
		readonly width: number;
		readonly height: number;
		readonly mix: (position: number) => Mix;
		readonly release: () => void;
	},
): ClassTable => ({
	class: about.class,
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
			...maps.mix(mixed),
			ms: performance.now() - start,
		};
	},
});
