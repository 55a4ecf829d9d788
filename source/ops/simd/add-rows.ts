import {
	add,
	addDoubles,
	load,
	loadTwo,
	promote,
	store,
} from './instructions.js';
import {rowLoop} from './row-loop.js';

/** `a += b`, row by row. */
export const addRows = rowLoop<Float32Array, Float32Array>(
	{
		strides: [16, 16],
		turn: ({places: [sum, row]}) => store(sum, add(load(sum), load(row))),
	},
	(sum, row) => {
		for (let at = 0; at < sum.length; at++) {
			sum[at] += row[at];
		}

		return 0;
	},
);

/** `a += b`, row by row, with `a` in double precision. */
export const addRowsDoubly = rowLoop<Float64Array, Float32Array>(
	{
		strides: [32, 16],
		turn: ({places: [sum, row]}) =>
			[0, 1].flatMap((half) =>
				store(
					sum,
					addDoubles(load(sum, 16 * half), promote(loadTwo(row, 8 * half))),
					16 * half,
				),
			),
	},
	(sum, row) => {
		for (let at = 0; at < sum.length; at++) {
			sum[at] += row[at];
		}

		return 0;
	},
);
