import {and, load, loadBytes, store, widen} from './instructions.js';
import {rowLoop} from './row-loop.js';

/** Keeps the elements of a row where its mask is −1, and makes them 0 where that is 0: `a &= b`. */
export const maskRows = rowLoop<Float32Array, Int8Array>(
	{
		strides: [16, 4],
		turn: ({places: [row, mask]}) =>
			store(row, and(load(row), widen(loadBytes(mask)))),
	},
	(row, mask) => {
		// Whole numbers take half the time of a product, and a choice would be guessed wrong every other time.
		const bits = new Int32Array(row.buffer, row.byteOffset, row.length);
		for (let at = 0; at < bits.length; at++) {
			bits[at] &= mask[at];
		}

		return 0;
	},
);
