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
	subtract,
} from '../../../ops/simd/instructions.js';
import {createLoop, type LoopPlan} from '../../../ops/simd/loop.js';

/** Writes `max(a + weight · (b − a), floor)` for every cell, with NaN as `floor`, and returns the maximum, at least 0. Addresses are in bytes; `end` is the end of the target, a multiple of `laneBytes` beyond it. */
export type Mix = (
	target: number,
	a: number,
	b: number,
	end: number,
	weight: number,
	floor: number,
	// eslint-disable-next-line max-params -- WebAssembly takes numbers, and no object of them
) => number;

/** Bytes of one SIMD operation. */
export const laneBytes = 16;

const plan: LoopPlan = {
	strides: [laneBytes, laneBytes, laneBytes],
	scalars: 2,
	registers: 2,
	turn: ({
		places: [target, a, b],
		scalars: [weight, floor],
		registers: [max, value],
	}) => [
		...set(
			value,
			larger(
				get(floor),
				add(load(a), multiply(get(weight), subtract(load(b), load(a)))),
			),
		),
		...store(target, get(value)),
		...set(max, larger(get(max), get(value))),
	],
	result: ({registers: [max]}) => fold(largerNumber, lanes(max)),
};

/** Compiles the loop for a memory. */
export const createMix = (memory: WebAssembly.Memory): Mix =>
	createLoop(plan, memory);
