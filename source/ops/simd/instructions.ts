/*
The few WebAssembly instructions that the loops beside this file are made of, as their bytes. They are written as expressions: what an instruction reads stands in its brackets, and comes before it.

JavaScript has none that handle four numbers at a time, and takes four to thirty times as long.

@see https://webassembly.github.io/spec/core/binary/instructions.html
*/

/** Instructions, as bytes. */
export type Code = readonly number[];

/** The number of a parameter or register of a function. */
export type Local = number;

/** A number below 2³¹ as LEB128. */
export const unsigned = (value: number): Code =>
	value < 0x80 ? [value] : [(value % 0x80) + 0x80, ...unsigned(value >> 7)];

/** The same where the number might have been negative. */
const signed = (value: number): Code =>
	value < 0x40 ? [value] : [(value % 0x80) + 0x80, ...signed(value >> 7)];

const simd = (code: number): Code => [0xfd, ...unsigned(code)];

const operator =
	(opcode: Code) =>
	(...operands: readonly Code[]): Code => [...operands.flat(), ...opcode];

/** The number 0. */
export const zero: Code = [0x43, 0, 0, 0, 0];

/** What a parameter or register holds. */
export const get = (local: Local): Code => [0x20, local];

/** Gives a parameter or register another value. */
export const set = (local: Local, value: Code): Code => [...value, 0x21, local];

/** What reads memory, at a place or some bytes behind it; places need not be aligned. */
const loader =
	(code: number) =>
	(place: Local, offset = 0): Code => [
		...get(place),
		...simd(code),
		0,
		...unsigned(offset),
	];

/** Four numbers, two of double precision, or 16 bytes. */
export const load = loader(0x00);

/** Two numbers, in the lower half. */
export const loadTwo = loader(0x5d);

/** Four bytes, in the lowest quarter. */
export const loadBytes = loader(0x5c);

/** Writes 16 bytes to a place, or behind it. */
export const store = (place: Local, value: Code, offset = 0): Code => [
	...get(place),
	...value,
	...simd(0x0b),
	0,
	...unsigned(offset),
];

/** Four times the same number. */
export const splat = operator(simd(0x13));

/** Four sums. */
export const add = operator(simd(0xe4));

/** Four differences. */
export const subtract = operator(simd(0xe5));

/** Four products. */
export const multiply = operator(simd(0xe6));

/** Of `x, y` the larger; x where one of them is not a number. */
export const larger = operator(simd(0xeb));

/** Four times 0. */
export const zeros = splat(zero);

/** All bits where two numbers differ, none where they are the same. */
export const differ = operator(simd(0x42));

/** The bits that both have. */
export const and = operator(simd(0x4e));

/** The lowest four bytes as signed whole numbers of 32 bits. */
export const widen = operator([...simd(0x87), ...simd(0xa7)]);

/** The lower two numbers in double precision. */
export const promote = operator(simd(0x5f));

/** Two numbers in double precision rounded to single precision, as the lower two. */
export const round = operator(simd(0x5e));

/** The lower halves of both. */
export const joinLower = operator([
	...simd(0x0d),
	0,
	1,
	2,
	3,
	4,
	5,
	6,
	7,
	16,
	17,
	18,
	19,
	20,
	21,
	22,
	23,
]);

/** Two sums in double precision. */
export const addDoubles = operator(simd(0xf0));

/** The four numbers that a register holds, each by itself. */
export const lanes = (register: Local): readonly Code[] =>
	[0, 1, 2, 3].map((index) => [...get(register), ...simd(0x1f), index]);

/** An instruction for two operands, over more of them. */
export const fold = (
	operation: (a: Code, b: Code) => Code,
	[first, ...others]: readonly Code[],
): Code => {
	let result = first;
	for (const operand of others) {
		result = operation(result, operand);
	}

	return result;
};

/** The sum of two numbers by themselves. */
export const addNumbers = operator([0x92]);

/** The larger of two numbers by themselves. */
export const largerNumber = operator([0x97]);

/** Moves a place on by some bytes. */
export const advance = (place: Local, bytes: number): Code =>
	set(place, [...get(place), 0x41, ...signed(bytes), 0x6a]);

/** Goes through instructions again and again, as long as a place lies before another one; not once if it does not. */
export const loopBefore = (place: Local, end: Local, body: Code): Code => {
	const isBefore = [...get(place), ...get(end), 0x49];
	const [begin, branch, close, not] = [[0x40], [0x0d], [0x0b], [0x45]];
	return [
		0x02,
		...begin,
		...isBefore,
		...not,
		...branch,
		0,
		0x03,
		...begin,
		...body,
		...isBefore,
		...branch,
		0,
		...close,
		...close,
	];
};
