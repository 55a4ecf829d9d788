import {joinLower, load, round, store} from './instructions.js';
import {rowLoop} from './row-loop.js';

/** `a = b`, row by row. */
export const copyRows = rowLoop<Float32Array, Float32Array>(
	{
		strides: [16, 16],
		turn: ({places: [to, from]}) => store(to, load(from)),
	},
	(to, from) => {
		to.set(from);
		return 0;
	},
);

/** `a = b`, row by row, rounding from double precision. */
export const roundRows = rowLoop<Float32Array, Float64Array>(
	{
		strides: [16, 32],
		turn: ({places: [to, from]}) =>
			store(to, joinLower(round(load(from)), round(load(from, 16)))),
	},
	(to, from) => {
		to.set(from);
		return 0;
	},
);
