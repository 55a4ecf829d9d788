import {describe, expect, it} from 'vitest';
import {readActivations} from '../../source/cam/activations.js';
import {
	dotChannels,
	dotPositiveChannels,
	sumPositiveChannels,
} from '../../source/cam/products.js';
import type {SparseAdjoint} from '../../source/ops/adjoint/adjoint.js';
import {densify} from '../../source/ops/adjoint/dense.js';
import type {Kernels} from '../../source/ops/rules/kernels.js';
import {transposeLast} from '../../source/ops/families/product/transpose-last.js';
import {randomNumbers} from '../graph/build.js';

const [channels, height, width] = [37, 4, 5];
const space = height * width;
const shape = [1, channels, height, width];

const never = (): never => {
	throw new Error('Small sums need no runtime');
};

const noKernels: Kernels = {
	run: never,
	network: never,
	product: never,
	hold: never,
};

const numbers = (count: number, seed: number) =>
	new Float32Array(count).map(randomNumbers(seed));

const activationsOf = (data: Float32Array) => ({
	...readActivations({name: 'layer', type: 'float32', shape}, data, noKernels),
	byPosition: async () => transposeLast(data, [channels, space]),
});

const signed = activationsOf(numbers(channels * space, 1));
const positive = activationsOf(
	numbers(channels * space, 1).map((value) => Math.abs(value)),
);

const rows: SparseAdjoint = {
	kind: 'sparse',
	seeds: 1,
	shape,
	owners: new Int32Array(3),
	positions: Int32Array.of(0, 7, space - 1),
	rows: numbers(3 * channels, 2),
};

describe.each([
	['gradients that are zero but at few positions', rows],
	[
		'gradients with a part that is the same everywhere',
		{...rows, uniform: numbers(channels, 3)},
	],
])('%s', (_title, gradient) => {
	it.each([
		['HiResCAM', dotChannels],
		['LayerCAM', dotPositiveChannels],
		['Grad-CAM element-wise', sumPositiveChannels],
	])('make the map of %s as if they were stored whole', async (_, mapOf) => {
		for (const activations of [signed, positive]) {
			/* eslint-disable no-await-in-loop -- One after the other. */
			const found = await mapOf(gradient, activations);
			const wanted = await mapOf(densify(gradient), activations);
			/* eslint-enable no-await-in-loop */
			expect(Math.max(...wanted)).toBeGreaterThan(0.1);
			for (const [at, value] of wanted.entries()) {
				expect(found[at]).toBeCloseTo(value, 5);
			}
		}
	});
});
