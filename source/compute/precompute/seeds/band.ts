import type {RowRange} from '../row-range.js';
import {noClass, type Plan} from '../plan.js';
import {isMixed} from './seed-grid.js';

/** Rows of the image whose maps are held in memory together, and the seeds that they are mixed from. */
export type Band = RowRange & {
	/** `[seeds]` flat positions in the grid of seeds. */
	readonly positions: Uint32Array;
	/** `[seeds]` */
	readonly ids: Uint16Array;
};

/** The maximum number of seeds in a band. */
const maxSeeds = 4096;

/** The same where each pixel is a walk of milliseconds: few enough for visible progress and little loss on a stop, many enough to keep all workers busy. */
const maxWalkedSeeds = 256;

/** Bytes that a band's maps may take. */
const maxBytes = 2 ** 28;

/** The seeds behind one row of the image, encoded as `position · 65,536 + class`. */
const seedsOfRow = (
	{seeds, places, classes}: Pick<Plan, 'seeds' | 'places' | 'classes'>,
	y: number,
): ReadonlySet<number> => {
	const keys = new Set<number>();
	const {columns, rows} = seeds;
	const row = places.rows[y];
	const tops = new Set([rows.first[row], rows.second[row]]);
	const start = y * places.columns.length;
	let lastLeft = -1;
	let lastRight = -1;
	for (const [x, column] of places.columns.entries()) {
		const id = classes[start + x];
		if (id === noClass) {
			continue;
		}

		const left = seedKey(columns.first[column], id);
		const right = seedKey(columns.second[column], id);
		if (left === lastLeft && right === lastRight) {
			// The same as its neighbour's, usually.
			continue;
		}

		lastLeft = left;
		lastRight = right;
		for (const top of tops) {
			const above = seedKey(top * seeds.width, 0);
			keys.add(above + left);
			keys.add(above + right);
		}
	}

	return keys;
};

/** A seed as one number: exact, since a network has fewer than 2³⁷ pixels. */
export const seedKey = (position: number, id: number): number =>
	position * 0x1_00_00 + id;

const bandOf = (
	start: number,
	end: number,
	keys: ReadonlySet<number>,
): Band => {
	const sorted = Float64Array.from(keys).toSorted();
	return {
		start,
		end,
		positions: Uint32Array.from(sorted, (key) => Math.floor(key / 0x1_00_00)),
		ids: Uint16Array.from(sorted, (key) => key % 0x1_00_00),
	};
};

/**
Cuts an image into bands from top to bottom. They depend on the image alone, not on the workers or on where a run resumes, so seeds are always batched alike, which may affect the last digit.

@param space Cells of the layer.
*/
export const cutBands = (
	plan: Pick<Plan, 'seeds' | 'places' | 'classes' | 'isSummedFirst'>,
	space: number,
): readonly Band[] => {
	const limit = Math.min(
		isMixed(plan.seeds) || plan.isSummedFirst ? maxSeeds : maxWalkedSeeds,
		Math.floor(maxBytes / (4 * space)),
	);
	const bands: Band[] = [];
	const height = plan.places.rows.length;
	let start = 0;
	let keys = new Set<number>();
	for (let y = 0; y < height; y++) {
		const row = seedsOfRow(plan, y);
		let added = 0;
		for (const key of row) {
			added += Number(!keys.has(key));
		}

		if (keys.size + added > limit && y > start) {
			bands.push(bandOf(start, y, keys));
			start = y;
			keys = new Set();
		}

		for (const key of row) {
			keys.add(key);
		}
	}

	return [...bands, bandOf(start, height, keys)];
};
