import {
	and,
	differ,
	get,
	load,
	multiply,
	store,
	zeros,
} from './instructions.js';
import {rowLoop} from './row-loop.js';

/** `a *= b`, row by row, but 0 stays 0 whatever b is. */
export const multiplyRows = rowLoop<Float32Array, Float32Array>(
	{
		strides: [16, 16],
		turn: ({places: [row, factors]}) =>
			store(
				row,
				and(multiply(load(row), load(factors)), differ(load(row), zeros)),
			),
	},
	(row, factors) => {
		for (let at = 0; at < row.length; at++) {
			row[at] = row[at] === 0 ? 0 : row[at] * factors[at];
		}

		return 0;
	},
);

/** `a = weight · b`, row by row. */
export const weighRows = rowLoop<Float32Array, Float32Array>(
	{
		strides: [16, 16],
		scalars: 1,
		turn: ({places: [to, from], scalars: [weight]}) =>
			store(to, multiply(load(from), get(weight))),
	},
	(to, from, weight) => {
		for (let at = 0; at < to.length; at++) {
			to[at] = weight * from[at];
		}

		return 0;
	},
);
