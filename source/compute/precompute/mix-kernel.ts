/*
The inner loop of mixing, four cells at a time: JavaScript has no such instructions, and takes thirty times as long.

The function in WebAssembly's text format, of which `code` below is the binary, line by line:

	(func (export "mix")
		(param $target i32) (param $a i32) (param $b i32) (param $end i32)
		(param $weight f32) (param $floor f32) (result f32)
		(local $max v128) (local $value v128) …)

@see https://webassembly.github.io/spec/core/binary/
*/

/** Writes `max(a + weight · (b − a), floor)` for every cell and answers the largest, at least 0. Places are bytes, multiples of 16; `end` is where the target ends. What is not a number becomes `floor`. */
export type Mix = (
	target: number,
	a: number,
	b: number,
	end: number,
	weight: number,
	floor: number,
	// eslint-disable-next-line max-params -- WebAssembly takes numbers, and no object of them
) => number;

/** Bytes of what the instructions handle at a time. */
export const laneBytes = 16;

const [i32, f32, v128] = [0x7f, 0x7d, 0x7b];
const [target, a, b, end, weight, floor, max, value] = [0, 1, 2, 3, 4, 5, 6, 7];

const get = (local: number) => [0x20, local];
const set = (local: number) => [0x21, local];
const simd = (code: number) =>
	code < 0x80 ? [0xfd, code] : [0xfd, (code % 0x80) + 0x80, code >> 7];
const aligned = [4, 0];
const load = [...simd(0x00), ...aligned];
const store = [...simd(0x0b), ...aligned];
const splat = simd(0x13);
const add = simd(0xe4);
const subtract = simd(0xe5);
const multiply = simd(0xe6);
/** `pmax`: of `x, y` it takes y only where x < y, so x where y is not a number. */
const larger = simd(0xeb);
const lane = (index: number) => [...get(max), ...simd(0x1f), index];
const largerScalar = [0x97];
const advance = (local: number) => [
	...get(local),
	0x41,
	laneBytes, // `i32.const`
	0x6a, // `i32.add`
	...set(local),
];

/* eslint-disable prettier/prettier -- A line of the program is a line here. */
const code = [
	0x03, 0x40, // `loop`
	...get(floor), ...splat,
	...get(a), ...load,
	...get(weight), ...splat,
	...get(b), ...load, ...get(a), ...load, ...subtract,
	...multiply, ...add, ...larger, ...set(value),
	...get(target), ...get(value), ...store,
	...get(max), ...get(value), ...larger, ...set(max),
	...advance(a), ...advance(b), ...advance(target),
	...get(target), ...get(end), 0x49, // `i32.lt_u`
	0x0d, 0, // `br_if`, to the loop
	0x0b, // `end`
	...lane(0), ...lane(1), ...largerScalar,
	...lane(2), ...largerScalar,
	...lane(3), ...largerScalar,
	0x0b, // `end`
];
/* eslint-enable prettier/prettier */

/** A length of less than 2¹⁴ as LEB128, in front of what it counts. */
const sized = (bytes: readonly number[]): readonly number[] => [
	(bytes.length % 0x80) + 0x80,
	bytes.length >> 7,
	...bytes,
];

const name = (text: string) => [text.length, ...new TextEncoder().encode(text)];

const section = (id: number, ...bytes: number[]) => [id, ...sized(bytes)];

const binary = Uint8Array.from([
	0x00,
	0x61,
	0x73,
	0x6d,
	1,
	0,
	0,
	0, // `\0asm`, version 1
	...section(1, 1, 0x60, 6, i32, i32, i32, i32, f32, f32, 1, f32), // Types
	...section(2, 1, ...name('js'), ...name('memory'), 2, 0, 0), // Imports
	...section(3, 1, 0), // Functions
	...section(7, 1, ...name('mix'), 0, 0), // Exports
	...section(10, 1, ...sized([1, 2, v128, ...code])), // Code
]);

/** Makes the loop for a memory. */
export const createMix = (memory: WebAssembly.Memory): Mix => {
	const {exports} = new WebAssembly.Instance(new WebAssembly.Module(binary), {
		js: {memory},
	});
	// eslint-disable-next-line @typescript-eslint/no-unsafe-type-assertion -- As the binary exports it.
	return exports.mix as Mix;
};
