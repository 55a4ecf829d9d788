import {expect, it} from 'vitest';
import {newArray} from '../../source/ops/adjoint/scratch.js';
import type {Runtime} from '../../source/runtimes/runtime.js';
import {selfTest} from '../../source/runtimes/self-test.js';

/** Of the self-test's picture, which it convolves with numbers of one size. */
const pixels = 9 * 64;

/** A runtime that multiplies after `round` has had its way with each factor, and convolves as `sum` of the kernel's numbers has it. */
const runtimeThat = (
	round: (factor: number) => number,
	sum = (factor: number) => pixels * factor,
): Runtime => ({
	name: 'gpu',
	description: 'a GPU',
	hasGpu: true,
	async load({constants, outputs}) {
		const [{data}] = constants.values();
		return {
			run: async () =>
				new Map([[outputs[0], Float32Array.of(sum(Number(data[0])))]]),
			dispose: async () => undefined,
		};
	},
	async prepare({k, n}, make) {
		const weights = await make(newArray);
		return async (a, m) =>
			Float32Array.from({length: m * n}, (_, at) => {
				const [row, column] = [Math.floor(at / n), at % n];
				let total = 0;
				for (let index = 0; index < k; index++) {
					total +=
						round(a[row * k + index]) * round(weights[index * n + column]);
				}

				return total;
			});
	},
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

it('detects a GPU whose convolutions round, or do not run', async () => {
	const exact = (factor: number) => factor;
	await expect(
		selfTest(runtimeThat(exact, (factor) => pixels * toTf32(factor))),
	).rejects.toThrow('convolves wrongly: 576, not 576.140625');
	await expect(
		selfTest(
			runtimeThat(exact, () => {
				throw new Error('DNN library initialization failed');
			}),
		),
	).rejects.toThrow('DNN library initialization failed');
});
