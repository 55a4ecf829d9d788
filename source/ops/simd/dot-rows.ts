import {
	add,
	addNumbers,
	type Code,
	fold,
	get,
	lanes,
	larger,
	load,
	type Local,
	multiply,
	set,
	splat,
	zero,
} from './instructions.js';
import type {LoopLocals, LoopPlan} from './loop.js';
import {rowLoop} from './row-loop.js';

/** Separate accumulators: an addition waits for the previous one in the same register. */
const registers = 4;

/** The sum of all numbers in the registers. */
const sumRegisters = ({registers}: LoopLocals): Code => {
	const [first] = registers;
	return [
		...set(
			first,
			fold(
				add,
				registers.map((each) => get(each)),
			),
		),
		...fold(addNumbers, lanes(first)),
	];
};

/** Adds four terms to each register, 16 an iteration. */
const sumOf = (
	term: (a: Local, b: Local, offset: number) => Code,
): LoopPlan => ({
	strides: [16 * registers, 16 * registers],
	registers,
	turn: ({places: [a, b], registers: sums}) =>
		sums.flatMap((sum, index) =>
			set(sum, add(get(sum), term(a, b, 16 * index))),
		),
	result: sumRegisters,
});

/** `Σ max(a, 0) · b`, row by row. */
export const dotPositiveRows = rowLoop<Float32Array, Float32Array>(
	sumOf((a, b, offset) =>
		multiply(larger(load(a, offset), splat(zero)), load(b, offset)),
	),
	(a, b) => {
		let sum = 0;
		for (let at = 0; at < a.length; at++) {
			sum += Math.max(a[at], 0) * b[at];
		}

		return sum;
	},
);

/** `Σ max(a · b, 0)`, row by row. */
export const sumPositiveProducts = rowLoop<Float32Array, Float32Array>(
	sumOf((a, b, offset) =>
		larger(multiply(load(a, offset), load(b, offset)), splat(zero)),
	),
	(a, b) => {
		let sum = 0;
		for (let at = 0; at < a.length; at++) {
			sum += Math.max(a[at] * b[at], 0);
		}

		return sum;
	},
);
