import {expect, it} from 'vitest';
import type {Runtime} from '../../source/runtimes/runtime.js';
import {selfTest} from '../../source/runtimes/self-test.js';

/** A runtime that only multiplies, after `round` has had its way with each factor. */
const runtimeThat = (round: (factor: number) => number): Runtime => ({
	name: 'gpu',
	description: 'a GPU',
	async load() {
		throw new Error('loads no networks');
	},
	prepare:
		async (weights, {k, n}) =>
		async (a, m) =>
			Float32Array.from({length: m * n}, (_, at) => {
				const [row, column] = [Math.floor(at / n), at % n];
				let sum = 0;
				for (let index = 0; index < k; index++) {
					sum += round(a[row * k + index]) * round(weights[index * n + column]);
				}

				return sum;
			}),
	dispose: async () => undefined,
});

/** Numbers around 1 with ten bits behind the point. */
const toTf32 = (factor: number) => Math.round(factor * 2 ** 10) / 2 ** 10;

it('passes a runtime that multiplies float32 numbers', async () => {
	await expect(
		selfTest(runtimeThat((factor) => factor)),
	).resolves.toBeUndefined();
});

it('detects a GPU that rounds to TF32, and names the remedy', async () => {
	await expect(selfTest(runtimeThat(toTf32))).rejects.toThrow(
		'rounds its factors to TF32, too coarse for exact maps; unset NVIDIA_TF32_OVERRIDE',
	);
});

it('detects a library that does not work', async () => {
	await expect(selfTest(runtimeThat(() => 0))).rejects.toThrow(
		'multiplies wrongly: (0, 0), not (23, 34)',
	);
});
