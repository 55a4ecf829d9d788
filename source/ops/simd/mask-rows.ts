import {and, load, loadBytes, store, widen} from './instructions.js';
import {rowLoop} from './row-loop.js';

/** `a &= b`, row by row: keeps elements where the mask is −1, and zeroes them where it is 0. */
export const maskRows = rowLoop<Float32Array, Int8Array>(
	{
		strides: [16, 4],
		turn: ({places: [row, mask]}) =>
			store(row, and(load(row), widen(loadBytes(mask)))),
	},
	(row, mask) => {
		// Integers take half the time of a product, and a branch would be mispredicted every other time.
		const bits = new Int32Array(row.buffer, row.byteOffset, row.length);
		for (let at = 0; at < bits.length; at++) {
			bits[at] &= mask[at];
		}

		return 0;
	},
);
