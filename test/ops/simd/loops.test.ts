import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {addRows, addRowsDoubly} from '../../../source/ops/simd/add-rows.js';
import {copyRows, roundRows} from '../../../source/ops/simd/copy-rows.js';
import {
	dotPositiveRows,
	sumPositiveProducts,
} from '../../../source/ops/simd/dot-rows.js';
import {maskRows} from '../../../source/ops/simd/mask-rows.js';
import {multiplyRows, weighRows} from '../../../source/ops/simd/scale-rows.js';
import {giveBack, isInMemory, take} from '../../../source/ops/simd/memory.js';

type Numbers = Float32Array | Float64Array | Int8Array;
type Kind<Data> = new (
	buffer: ArrayBuffer,
	place: number,
	length: number,
) => Data;

/** Runs some work with copies of arrays that lie in the memory of loops. */
const inMemory = <A extends Numbers, B extends Numbers>(
	[a, b]: readonly [A, B],
	[kindOfA, kindOfB]: readonly [Kind<A>, Kind<B>],
	work: (a: A, b: B) => void,
): void => {
	const copy = <Data extends Numbers>(data: Data, Kind: Kind<Data>) => {
		const stretch = take(data.byteLength)!;
		const moved = new Kind(stretch.buffer, stretch.begin, data.length);
		moved.set(data);
		return {stretch, moved};
	};

	const [first, second] = [copy(a, kindOfA), copy(b, kindOfB)];
	expect(isInMemory(first.moved) && isInMemory(second.moved)).toBe(true);
	work(first.moved, second.moved);
	giveBack(first.stretch);
	giveBack(second.stretch);
};

/** Whatever a walk may come across, of which no sum depends on its order. */
const float = fc.oneof(
	fc.constantFrom(
		Number.NaN,
		-0,
		Number.NEGATIVE_INFINITY,
		Number.POSITIVE_INFINITY,
	),
	fc.integer({min: -100, max: 100}),
);

/** Two arrays of rows with gaps between them, and some rows to work on. */
const pairOfRows = fc
	.record({
		length: fc.integer({min: 0, max: 70}),
		gapOfA: fc.integer({min: 0, max: 3}),
		gapOfB: fc.integer({min: 0, max: 3}),
		beginOfB: fc.integer({min: 0, max: 2}),
		scalar: float,
		rows: fc.array(fc.tuple(fc.nat({max: 3}), fc.nat({max: 3})), {
			maxLength: 6,
		}),
	})
	.chain((sizes) => {
		const stepOfA = sizes.length + sizes.gapOfA;
		const stepOfB = sizes.length + sizes.gapOfB;
		const lengthOfA = 4 * stepOfA;
		const lengthOfB = sizes.beginOfB + 4 * stepOfB;
		const floats = (length: number) =>
			fc.array(float, {minLength: length, maxLength: length});
		return fc.record({
			sizes: fc.constant({...sizes, stepOfA, stepOfB}),
			a: floats(lengthOfA),
			b: floats(lengthOfB),
			mask: fc.array(fc.constantFrom(0, -1), {
				minLength: lengthOfB,
				maxLength: lengthOfB,
			}),
		});
	});

type Case = typeof pairOfRows extends fc.Arbitrary<infer Value> ? Value : never;

const apply = <A, B>(
	loop: (
		a: {data: A; step: number},
		b: {data: B; begin: number; step: number},
		length: number,
	) => (rowOfA: number, rowOfB: number, scalar: number) => number,
	{sizes}: Case,
	a: A,
	b: B,
): readonly number[] => {
	const work = loop(
		{data: a, step: sizes.stepOfA},
		{data: b, begin: sizes.beginOfB, step: sizes.stepOfB},
		sizes.length,
	);
	return sizes.rows.map(([rowOfA, rowOfB]) =>
		work(rowOfA, rowOfB, sizes.scalar),
	);
};

describe('a loop in memory does what JavaScript does elsewhere', () => {
	test('when rows are added', () => {
		fc.assert(
			fc.property(pairOfRows, (given) => {
				const a = Float32Array.from(given.a);
				const b = Float32Array.from(given.b);
				inMemory([a, b], [Float32Array, Float32Array], (movedA, movedB) => {
					apply(addRows, given, movedA, movedB);
					apply(addRows, given, a, b);
					expect(movedA).toEqual(a);
				});
			}),
		);
	});

	test('when rows are added in double precision', () => {
		fc.assert(
			fc.property(pairOfRows, (given) => {
				const a = Float64Array.from(given.a, (value) => value + 1e-12);
				const b = Float32Array.from(given.b);
				inMemory([a, b], [Float64Array, Float32Array], (movedA, movedB) => {
					apply(addRowsDoubly, given, movedA, movedB);
					apply(addRowsDoubly, given, a, b);
					expect(movedA).toEqual(a);
				});
			}),
		);
	});

	test('when rows are copied', () => {
		fc.assert(
			fc.property(pairOfRows, (given) => {
				const a = Float32Array.from(given.a);
				const b = Float32Array.from(given.b);
				inMemory([a, b], [Float32Array, Float32Array], (movedA, movedB) => {
					apply(copyRows, given, movedA, movedB);
					apply(copyRows, given, a, b);
					expect(movedA).toEqual(a);
				});
			}),
		);
	});

	test('when rows are multiplied by others', () => {
		fc.assert(
			fc.property(pairOfRows, (given) => {
				const a = Float32Array.from(given.a);
				const b = Float32Array.from(given.b);
				inMemory([a, b], [Float32Array, Float32Array], (movedA, movedB) => {
					apply(multiplyRows, given, movedA, movedB);
					apply(multiplyRows, given, a, b);
					expect(movedA).toEqual(a);
				});
			}),
		);
	});

	test('when rows are weighed', () => {
		fc.assert(
			fc.property(pairOfRows, (given) => {
				const a = Float32Array.from(given.a);
				const b = Float32Array.from(given.b);
				inMemory([a, b], [Float32Array, Float32Array], (movedA, movedB) => {
					apply(weighRows, given, movedA, movedB);
					apply(weighRows, given, a, b);
					expect(movedA).toEqual(a);
				});
			}),
		);
	});

	test('when rows are rounded', () => {
		fc.assert(
			fc.property(pairOfRows, (given) => {
				const a = Float32Array.from(given.a);
				const b = Float64Array.from(given.b, (value) => value / 3);
				inMemory([a, b], [Float32Array, Float64Array], (movedA, movedB) => {
					apply(roundRows, given, movedA, movedB);
					apply(roundRows, given, a, b);
					expect(movedA).toEqual(a);
				});
			}),
		);
	});

	test('when rows are masked', () => {
		fc.assert(
			fc.property(pairOfRows, (given) => {
				const a = Float32Array.from(given.a);
				const mask = Int8Array.from(given.mask);
				inMemory([a, mask], [Float32Array, Int8Array], (movedA, moved) => {
					apply(maskRows, given, movedA, moved);
					apply(maskRows, given, a, mask);
					expect(movedA).toEqual(a);
				});
			}),
		);
	});

	test('when the products of rows are summed', () => {
		fc.assert(
			fc.property(pairOfRows, (given) => {
				const a = Float32Array.from(given.a);
				const b = Float32Array.from(given.b);
				for (const loop of [dotPositiveRows, sumPositiveProducts]) {
					inMemory([a, b], [Float32Array, Float32Array], (movedA, movedB) => {
						expect(apply(loop, given, movedA, movedB)).toEqual(
							apply(loop, given, a, b),
						);
					});
				}
			}),
		);
	});
});
