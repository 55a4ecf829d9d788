import type {Plan} from '../plan.js';
import {createMix, laneBytes} from './mix-kernel.js';
import type {SeedMap} from './seed-maps.js';

/** The map at a column of the row after the ReLU, with its maximum; any next call overwrites it. */
export type MapRow = (column: number) => {
	readonly map: Float32Array;
	readonly max: number;
};

/** Opens row `y` of the output for one class, and closes rows of any other `y`. */
export type OpenMapRow = (seedMap: SeedMap, y: number, id: number) => MapRow;

const pageBytes = 0x1_00_00;

/**
Mixes maps from those of seeds, each of `space` cells.

All pixels of a row between two seeds share their two rows of seeds. These are mixed once, after which a pixel costs one multiplication per cell.
*/
export const createMapRows = (
	{rows, columns, width}: Plan['seeds'],
	space: number,
): OpenMapRow => {
	const slotBytes = Math.ceil((4 * space) / laneBytes) * laneBytes;
	const memory = new WebAssembly.Memory({initial: 0});
	const mix = createMix(memory);
	/** Slots: one for the result, two for vertically adjacent seeds, then two for each class. */
	const [answer, upperSeed, lowerSeed, first] = [0, 1, 2, 3];

	/** Memory that grows with a row's classes; growing detaches older views of it. */
	const reserve = (slots: number) => {
		const missing = slots * slotBytes - memory.buffer.byteLength;
		if (missing > 0) {
			memory.grow(Math.ceil(missing / pageBytes));
		}
	};

	const cells = (slot: number) =>
		new Float32Array(memory.buffer, slot * slotBytes, space);

	const mixSlots = (
		target: number,
		[a, b]: readonly [number, number],
		weight: number,
		floor: number,
	) =>
		mix(
			target * slotBytes,
			a * slotBytes,
			b * slotBytes,
			(target + 1) * slotBytes,
			weight,
			floor,
		);

	let openRow = -1;
	let classes = 0;
	return (seedMap, y, id) => {
		if (y !== openRow) {
			openRow = y;
			classes = 0;
		}

		// Horizontally adjacent seeds: one in an even column, one in an odd.
		const slots = first + 2 * classes++;
		const held = [-1, -1];
		reserve(slots + 2);
		const upper = rows.first[y] * width;
		const lower = rows.second[y] * width;
		const weight = rows.weight[y];

		const slotOf = (column: number): number => {
			const parity = column % 2;
			const slot = slots + parity;
			if (held[parity] === column) {
				return slot;
			}

			held[parity] = column;
			if (weight === 0) {
				cells(slot).set(seedMap(upper + column, id));
			} else {
				cells(upperSeed).set(seedMap(upper + column, id));
				cells(lowerSeed).set(seedMap(lower + column, id));
				mixSlots(
					slot,
					[upperSeed, lowerSeed],
					weight,
					Number.NEGATIVE_INFINITY,
				);
			}

			return slot;
		};

		return (x) => {
			const a = slotOf(columns.first[x]);
			const b = slotOf(columns.second[x]);
			const max = mixSlots(answer, [a, b], columns.weight[x], 0);
			return {map: cells(answer), max};
		};
	};
};
