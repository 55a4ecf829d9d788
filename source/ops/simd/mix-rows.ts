import {
	add,
	fold,
	get,
	larger,
	largerNumber,
	lanes,
	load,
	multiply,
	set,
	store,
	zeros,
} from './instructions.js';
import type {LoopPlan} from './loop.js';

/** `a = v · b + w · c + x · d + y · e`, a row from four rows and four scalars. */
export const mixFour: LoopPlan = {
	strides: [16, 16, 16, 16, 16],
	scalars: 4,
	turn: ({places: [sum, ...rows], scalars: weights}) =>
		store(
			sum,
			fold(
				add,
				rows.map((row, index) => multiply(get(weights[index]), load(row))),
			),
		),
};

/** `a = max(a, 0)`, with NaN as 0; returns the maximum. */
export const rectifyRow: LoopPlan = {
	strides: [16],
	registers: 2,
	turn: ({places: [row], registers: [max, value]}) => [
		...set(value, larger(zeros, load(row))),
		...store(row, get(value)),
		...set(max, larger(get(max), get(value))),
	],
	result: ({registers: [max]}) => fold(largerNumber, lanes(max)),
};
