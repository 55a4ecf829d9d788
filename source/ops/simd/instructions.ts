/*
The few WebAssembly instructions that the loops beside this file consist of, as bytes. They compose like expressions: an instruction's operands are its arguments, and come before it.

JavaScript has no SIMD, and takes four to thirty times as long.

@see https://webassembly.github.io/spec/core/binary/instructions.html
*/

/** Instructions, as bytes. */
export type Code = readonly number[];

/** The index of a function's parameter or local. */
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

/** Reads a local. */
export const get = (local: Local): Code => [0x20, local];

/** Assigns a local. */
export const set = (local: Local, value: Code): Code => [...value, 0x21, local];

/** Reads memory at an address plus an offset, aligned or not. */
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

/** Writes 16 bytes to an address plus an offset. */
export const store = (place: Local, value: Code, offset = 0): Code => [
	...get(place),
	...value,
	...simd(0x0b),
	0,
	...unsigned(offset),
];

/** A number in all four lanes. */
export const splat = operator(simd(0x13));

/** Lane by lane, four sums. */
export const add = operator(simd(0xe4));

/** Lane by lane, four differences. */
export const subtract = operator(simd(0xe5));

/** Lane by lane, four products. */
export const multiply = operator(simd(0xe6));

/** The larger of `x` and `y`, lane by lane; x where one is NaN. */
export const larger = operator(simd(0xeb));

/** Four times 0. */
export const zeros = splat(zero);

/** All bits where two numbers differ, none where they are equal. */
export const differ = operator(simd(0x42));

/** Bitwise and. */
export const and = operator(simd(0x4e));

/** The lowest four bytes, sign-extended to 32-bit integers. */
export const widen = operator([...simd(0x87), ...simd(0xa7)]);

/** The lower two numbers, promoted to double precision. */
export const promote = operator(simd(0x5f));

/** Two numbers rounded from double precision, in the lower half. */
export const round = operator(simd(0x5e));

/** The lower halves of both, joined. */
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

/** The four lanes of a register, one by one. */
export const lanes = (register: Local): readonly Code[] =>
	[0, 1, 2, 3].map((index) => [...get(register), ...simd(0x1f), index]);

/** Extends a binary instruction to any number of operands. */
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

/** The sum of two scalars. */
export const addNumbers = operator([0x92]);

/** The larger of two scalars. */
export const largerNumber = operator([0x97]);

/** Advances an address by some bytes. */
export const advance = (place: Local, bytes: number): Code =>
	set(place, [...get(place), 0x41, ...signed(bytes), 0x6a]);

/** Repeats instructions while an address lies before another; not at all if it does not. */
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
