import {setTimeout as sleep} from 'node:timers/promises';
import {expect, test} from 'vitest';
import {onnxruntime} from '../../source/runtimes/onnxruntime.js';

test('a product says the same before its weights are prepared and after', async () => {
	const runtime = await onnxruntime.open({threads: 1});
	try {
		const [k, n, m] = [3, 5, 2];
		const weights = Float32Array.from({length: k * n}, (_, at) => at - 7);
		const rows = Float32Array.from({length: m * k}, (_, at) => at + 1);
		const product = await runtime.prepare(weights, k, n);
		const expected = Array.from({length: m * n}, (_, at) => {
			const row = rows.subarray(Math.trunc(at / n) * k);
			return [0, 1, 2].reduce(
				(sum, each) => sum + row[each] * weights[each * n + (at % n)],
				0,
			);
		});
		for (let use = 0; use < 4; use++) {
			// eslint-disable-next-line no-await-in-loop -- One use after the other.
			expect([...(await product(rows, m))]).toEqual(expected);
			const place = new Float32Array(m * n + 2).subarray(1, -1);
			// eslint-disable-next-line no-await-in-loop
			expect(await product(rows, m, place)).toBe(place);
			expect([...place]).toEqual(expected);
			// eslint-disable-next-line no-await-in-loop
			await sleep(30);
		}

		expect([...(await product(rows.subarray(k), 1))]).toEqual(
			expected.slice(n),
		);
		product.dispose?.();
	} finally {
		await runtime.dispose();
	}
});

test('products that are asked for together each have their own answer', async () => {
	const runtime = await onnxruntime.open({threads: 2});
	try {
		const shapes = [
			[2, 3],
			[4, 1],
			[1, 2],
		];
		const answers = await Promise.all(
			shapes.map(async ([k, n], index) => {
				const product = await runtime.prepare(
					new Float32Array(k * n).fill(index + 1),
					k,
					n,
				);
				return product(new Float32Array(k).fill(1), 1);
			}),
		);
		expect(answers.map((answer) => [...answer])).toEqual([
			[2, 2, 2],
			[8],
			[3, 3],
		]);
	} finally {
		await runtime.dispose();
	}
});
