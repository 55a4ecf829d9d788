import {load, store} from './instructions.js';
import {rowLoop} from './row-loop.js';

/** Copies rows over others: `a = b`. */
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
