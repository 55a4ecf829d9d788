import fc from 'fast-check';
import {expect, test} from 'vitest';
import {isInMemory, keepArray} from '../../../source/ops/simd/memory.js';
import {multiplyRows} from '../../../source/ops/simd/multiply-rows.js';

/** Numbers of which no sum depends on its order, half of them 0. */
const number = fc.oneof(fc.constant(0), fc.integer({min: -100, max: 100}));

const numbers = (length: number) =>
	fc.array(number, {minLength: length, maxLength: length});

const product = fc
	.record({
		m: fc.integer({min: 1, max: 3}),
		k: fc.integer({min: 1, max: 20}),
		n: fc.integer({min: 1, max: 40}),
	})
	.chain(({m, k, n}) =>
		fc.record({
			m: fc.constant(m),
			k: fc.constant(k),
			n: fc.constant(n),
			rows: numbers(m * k),
			matrix: numbers(k * n),
		}),
	);

test('rows are multiplied by a matrix in memory, and nothing beside the product is written', () => {
	fc.assert(
		fc.property(product, ({m, k, n, rows, matrix}) => {
			const kept = keepArray(k * n);
			kept.set(matrix);
			expect(isInMemory(kept)).toBe(true);
			const around = new Float32Array(m * n + 2).fill(7);
			const into = around.subarray(1, -1);
			expect(multiplyRows(Float32Array.from(rows), kept, into, n)).toBe(true);
			const expected = Array.from({length: m * n}, (_, at) => {
				const [row, column] = [Math.trunc(at / n), at % n];
				let sum = 0;
				for (let each = 0; each < k; each++) {
					sum += rows[row * k + each] * matrix[each * n + column];
				}

				return sum;
			});
			expect([...around]).toEqual([7, ...expected, 7]);
			expect([...kept]).toEqual(matrix);
		}),
	);
});

test('a matrix elsewhere is left to others', () => {
	const into = Float32Array.of(7);
	expect(multiplyRows(Float32Array.of(1), Float32Array.of(2), into, 1)).toBe(
		false,
	);
	expect([...into]).toEqual([7]);
});
