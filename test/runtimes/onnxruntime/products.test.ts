import {setTimeout as sleep} from 'node:timers/promises';
import {expect, test} from 'vitest';
import {onnxruntime} from '../../../source/runtimes/onnxruntime/runtime.js';

test('a product says the same before its weights are prepared and after', async () => {
	const runtime = await onnxruntime.open({threads: 1});
	try {
		const [k, n, m] = [3, 5, 2];
		const weights = Float32Array.from({length: k * n}, (_, at) => at - 7);
		const rows = Float32Array.from({length: m * k}, (_, at) => at + 1);
		const product = await runtime.prepare({k, n}, () => weights);
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
				const product = await runtime.prepare({k, n}, () =>
					new Float32Array(k * n).fill(index + 1),
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

test('a matrix that lies by its columns multiplies any number of rows, also beside others', async () => {
	const runtime = await onnxruntime.open({threads: 2});
	try {
		const [k, n] = [3, 5];
		const entry = (row: number, column: number) => row * n + column - 7;
		const rows = Float32Array.from({length: k * n}, (_, at) =>
			entry(Math.trunc(at / n), at % n),
		);
		const columns = Float32Array.from({length: k * n}, (_, at) =>
			entry(at % k, Math.trunc(at / k)),
		);
		const byRows = await runtime.prepare({k, n}, () => rows);
		const byColumns = await runtime.prepare(
			{k, n, by: 'columns'},
			() => columns,
		);
		// One row, few and many are read in ways of their own.
		for (const m of [1, 2, 128, 129]) {
			const a = Float32Array.from({length: m * k}, (_, at) => (at % 11) - 5);
			// eslint-disable-next-line no-await-in-loop -- One batch after the other.
			const [expected, found, alone] = await Promise.all([
				byRows(a, m),
				byColumns(a, m),
				byColumns(a.subarray(0, k), 1),
			]);
			expect([...found]).toEqual([...expected]);
			expect([...alone]).toEqual([...expected.subarray(0, n)]);
		}
	} finally {
		await runtime.dispose();
	}
});

test('large products by columns are shared by threads, and are the same', async () => {
	const runtime = await onnxruntime.open({threads: 2});
	try {
		const [k, n, m] = [1024, 1024, 80];
		const columns = new Float32Array(k * n).fill(1);
		columns.fill(2, k * (n - 1));
		const product = await runtime.prepare({k, n, by: 'columns'}, () => columns);
		const found = await product(new Float32Array(m * k).fill(1), m);
		expect(new Set(found.filter((_, at) => at % n === n - 1))).toEqual(
			new Set([2 * k]),
		);
		expect(new Set(found.filter((_, at) => at % n < n - 1))).toEqual(
			new Set([k]),
		);
	} finally {
		await runtime.dispose();
	}
});

test('a matrix multiplies few rows and many in turn, before it is prepared and after', async () => {
	const runtime = await onnxruntime.open({threads: 1});
	try {
		const [k, n, many] = [64, 1024, 64];
		const entry = (at: number) => (at % 13) - 6;
		const product = await runtime.prepare({k, n}, (allocate) =>
			allocate(k * n).map((_, at) => entry(at)),
		);
		const rows = Float32Array.from({length: many * k}, (_, at) =>
			at % 3 === 0 ? 0 : (at % 7) - 3,
		);
		const expected = Array.from({length: many * n}, (_, at) => {
			const [row, column] = [Math.trunc(at / n), at % n];
			let sum = 0;
			for (let each = 0; each < k; each++) {
				sum += rows[row * k + each] * entry(each * n + column);
			}

			return sum;
		});
		for (const m of [1, many, 3, many, many, 1, many, 2]) {
			// eslint-disable-next-line no-await-in-loop -- One use after the other.
			const found = await product(rows.subarray(0, m * k), m);
			expect([...found]).toEqual(expected.slice(0, m * n));
			// eslint-disable-next-line no-await-in-loop
			await sleep(30);
		}

		product.dispose?.();
	} finally {
		await runtime.dispose();
	}
});
