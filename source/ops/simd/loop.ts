import {
	advance,
	type Code,
	get,
	type Local,
	loopBefore,
	set,
	splat,
	unsigned,
	zero,
} from './instructions.js';

/** A loop over arrays in one memory. */
export type LoopPlan = {
	/** By array, the bytes that one iteration covers. */
	readonly strides: readonly number[];
	/** The number of scalar parameters; an iteration finds each in all four lanes of a register. */
	readonly scalars?: number;
	/** The number of accumulators of four numbers: 0 at first, carried from iteration to iteration. */
	readonly registers?: number;
	readonly turn: (locals: LoopLocals) => Code;
	/** The number that the loop returns; 0 where left out. */
	readonly result?: (locals: LoopLocals) => Code;
};

/** Where an iteration finds its operands. */
export type LoopLocals = {
	/** By array, the address at which this iteration starts. */
	readonly places: readonly Local[];
	readonly scalars: readonly Local[];
	readonly registers: readonly Local[];
};

/** Takes the byte address of each array, then the end of the first (a whole number of iterations on), then the scalars. */
export type Loop = (...numbers: number[]) => number;

const [i32, f32, v128] = [0x7f, 0x7d, 0x7b];

const vector = (items: readonly Code[]): Code => [
	...unsigned(items.length),
	...items.flat(),
];

const sized = (bytes: Code): Code => [...unsigned(bytes.length), ...bytes];

const name = (text: string): Code => sized([...new TextEncoder().encode(text)]);

const section = (id: number, item: Code): Code => [
	id,
	...sized(vector([item])),
];

/** How a module declares an imported memory's limits: no minimum, and a maximum if it is shared. */
const limits = (memory: WebAssembly.Memory): Code =>
	memory.buffer instanceof SharedArrayBuffer
		? [3, 0, ...unsigned(2 ** 16)]
		: [0, 0];

/** A module that imports a memory as `js.memory` and exports one function, `loop`. @see https://webassembly.github.io/spec/core/binary/modules.html */
const assemble = (
	{strides, scalars = 0, registers = 0, turn, result = () => zero}: LoopPlan,
	memory: WebAssembly.Memory,
): Uint8Array<ArrayBuffer> => {
	const end = strides.length;
	const range = (begin: number, length: number) =>
		Array.from({length}, (_, index) => begin + index);
	const given = range(end + 1, scalars);
	const locals: LoopLocals = {
		places: range(0, end),
		scalars: range(end + 1 + scalars, scalars),
		registers: range(end + 1 + 2 * scalars, registers),
	};
	const parameters = [
		...range(0, end + 1).map(() => [i32]),
		...given.map(() => [f32]),
	];
	const code = [
		...locals.scalars.flatMap((register, index) =>
			set(register, splat(get(given[index]))),
		),
		...loopBefore(0, end, [
			...turn(locals),
			...strides.flatMap((bytes, place) => advance(place, bytes)),
		]),
		...result(locals),
		0x0b,
	];
	return Uint8Array.from([
		0x00,
		0x61,
		0x73,
		0x6d,
		1,
		0,
		0,
		0,
		...section(1, [0x60, ...vector(parameters), 1, f32]),
		...section(2, [...name('js'), ...name('memory'), 2, ...limits(memory)]),
		...section(3, [0]),
		...section(7, [...name('loop'), 0, 0]),
		...section(10, sized([1, ...unsigned(scalars + registers), v128, ...code])),
	]);
};

/** Compiles a loop for a memory. */
export const createLoop = (
	plan: LoopPlan,
	memory: WebAssembly.Memory,
): Loop => {
	const {exports} = new WebAssembly.Instance(
		new WebAssembly.Module(assemble(plan, memory)),
		{js: {memory}},
	);
	// eslint-disable-next-line @typescript-eslint/no-unsafe-type-assertion -- As the module exports it.
	return exports.loop as Loop;
};
