import * as tf from '@tensorflow/tfjs-core';
import {afterAll, afterEach, describe, expect, it, vi} from 'vitest';
import {createExplainer} from '../../source/compute/explainer.js';
import {elementCount, tensorOf} from '../../source/graph/tensor.js';
import {createKernels} from '../../source/runtimes/kernels.js';
import {onnxruntime} from '../../source/runtimes/onnxruntime/runtime.js';
import type {Runtime} from '../../source/runtimes/runtime.js';
import {buildGraph, node, randomNumbers, randomTensor} from '../graph/build.js';
import {openTfjs} from './installed.js';

const classes = 5;
const channels = 144;
const layerShape = [1, channels, 32, 32];
const layerSize = elementCount(layerShape);

/** A classifier whose layer is too large to be summed without the runtime. */
const graph = buildGraph({
	inputs: {image: [1, 3, 32, 32]},
	nodes: [
		node('Conv', ['image', 'filters'], 'features'),
		node('Relu', ['features'], 'layer'),
		node('GlobalAveragePool', ['layer'], 'pooled'),
		node('Flatten', ['pooled'], 'list'),
		node('Gemm', ['list', 'weights'], 'logits'),
	],
	constants: {
		filters: randomTensor([channels, 3, 1, 1]),
		weights: randomTensor([channels, classes]),
	},
});

const imageOf = (seed: number) =>
	new Map([['image', new Float32Array(3 * 32 * 32).map(randomNumbers(seed))]]);

const open = async (runtime: Runtime) =>
	createExplainer({graph, logits: 'logits', layers: ['layer'], runtime});

const ask = (id: number) => ({
	target: {class: id % classes, pixels: [{position: 0}]},
	layer: 'layer',
	method: 'grad-cam',
});

const tfjs = await openTfjs();
const ort = await onnxruntime.open({threads: 1});

afterEach(() => {
	vi.restoreAllMocks();
});

afterAll(async () => {
	await Promise.all([...tfjs, ort].map(async (runtime) => runtime.dispose()));
});

describe.each(tfjs)('an image on $name', (runtime) => {
	it('is copied to the device by the first question alone', async () => {
		const explainer = await open(runtime);
		const evaluated = await explainer.forward(imageOf(1));
		const write = vi.spyOn(tf.backend(), 'write');
		const largest = () =>
			Math.max(
				...write.mock.calls.map(([values, shape]) =>
					// Without values it is where a result will be.
					values ? elementCount(shape) : 0,
				),
			);

		const {map: first} = await evaluated.explain(ask(0));
		expect(largest()).toBe(layerSize);
		write.mockClear();
		await evaluated.explain(ask(1));
		const {map: again} = await evaluated.explain(ask(0));
		expect(largest()).toBe(channels);
		expect(again).toEqual(first);
		await explainer.dispose();
	});

	it('is on the device once after a hundred questions, and no more after it is let go of', async () => {
		const explainer = await open(runtime);
		const warm = await explainer.forward(imageOf(1));
		await warm.explain(ask(0));
		await warm.dispose();
		const before = tf.memory();

		const evaluated = await explainer.forward(imageOf(2));
		for (let question = 0; question < 100; question++) {
			// eslint-disable-next-line no-await-in-loop -- one question after the other is the point
			await evaluated.explain(ask(question));
		}

		expect(tf.memory().numTensors).toBe(before.numTensors + 1);
		expect(tf.memory().numBytes).toBe(before.numBytes + 4 * layerSize);
		await evaluated.dispose();
		expect(tf.memory()).toMatchObject({
			numTensors: before.numTensors,
			numBytes: before.numBytes,
		});
		await explainer.dispose();
	});

	it('leaves nothing there, nor does the network, however often both are changed', async () => {
		const before = tf.memory().numTensors;
		for (let count = 0; count < 20; count++) {
			/* eslint-disable no-await-in-loop -- one after the other is the point */
			const explainer = await open(runtime);
			for (const seed of [1, 2, 3]) {
				const evaluated = await explainer.forward(imageOf(seed));
				await evaluated.explain(ask(seed));
				await evaluated.dispose();
			}

			await explainer.dispose();
			/* eslint-enable no-await-in-loop */
		}

		expect(tf.memory().numTensors).toBe(before);
	});
});

/** A picture whose pixels all read each other, so that adjoints are dense. */
const mixing = buildGraph({
	inputs: {image: [1, 3, 16, 16]},
	nodes: [
		node('Conv', ['image', 'filters'], 'layer'),
		node('Relu', ['layer'], 'features'),
		node('Reshape', ['features', 'list'], 'keys'),
		node('Transpose', ['keys'], 'queries', {perm: [0, 2, 1]}),
		node('MatMul', ['queries', 'keys'], 'scores'),
		node('Softmax', ['scores'], 'shares', {axis: -1}),
		node('MatMul', ['keys', 'shares'], 'mixed'),
		node('Reshape', ['mixed', 'picture'], 'logits'),
	],
	constants: {
		filters: randomTensor([8, 3, 1, 1]),
		list: tensorOf('int64', [1, 8, 256]),
		picture: tensorOf('int64', [1, 8, 16, 16]),
	},
});

describe.each(tfjs)('dense adjoints on $name', (runtime) => {
	it('cross to the device as one seed, or as a batch of them; what the image left behind with the first question alone', async () => {
		const explainer = await createExplainer({
			graph: mixing,
			logits: 'logits',
			layers: ['layer'],
			runtime,
		});
		const image = new Float32Array(3 * 256).map(randomNumbers(1));
		const evaluated = await explainer.forward(new Map([['image', image]]));
		const write = vi.spyOn(tf.backend(), 'write');
		/** Explains a pixel of each position, and says how large all was that crossed, but for lists of axes and sizes. */
		const ask = async (...positions: number[]) => {
			write.mockClear();
			const maps = await evaluated.explainAll({
				targets: positions.map((position) => ({
					class: 2,
					pixels: [{position}],
				})),
				layer: 'layer',
				method: 'layercam',
			});
			const sizes = write.mock.calls
				.filter(([values]) => values)
				.map(([, shape]) => elementCount(shape))
				.filter((size) => size > 8);
			return {maps: maps.map(({map}) => map), sizes};
		};

		const seed = 8 * 256;
		const first = await ask(7);
		expect(first.sizes).toContain(256 * 256);
		expect(await ask(100)).toMatchObject({sizes: [seed]});
		expect(await ask(7)).toEqual({maps: first.maps, sizes: [seed]});

		const pixels = [0, 1, 2, 3, 4, 5, 6, 7];
		const batch = await ask(...pixels);
		const again = await ask(...pixels);
		expect(again).toEqual({maps: batch.maps, sizes: [8 * seed]});
		const differences = batch.maps[7].map((value, at) =>
			Math.abs(value - first.maps[0][at]),
		);
		expect(Math.max(...differences)).toBeLessThan(
			1e-5 * Math.max(...batch.maps[7]),
		);
		await explainer.dispose();
	});
});

describe('an image on onnxruntime', () => {
	it('is never laid out for the processor, as what is of the network may be', async () => {
		const prepare = vi.spyOn(ort, 'prepare');
		const explainer = await open(ort);
		const evaluated = await explainer.forward(imageOf(1));
		const {map} = await evaluated.explain(ask(0));
		expect(Math.max(...map)).toBeGreaterThan(0);
		for (const [{k, n, isShortLived = false}] of prepare.mock.calls) {
			expect(isShortLived).toBe(k * n >= layerSize);
		}

		await explainer.dispose();
	});
});

describe('kernels', () => {
	it('multiply by a matrix that they hold, for any number of rows', async () => {
		for (const runtime of [...tfjs, ort]) {
			const kernels = createKernels(runtime);
			/* eslint-disable no-await-in-loop -- they share one engine */
			const multiply = await kernels.hold({k: 2, n: 3}, () =>
				Float32Array.of(1, 2, 3, 4, 5, 6),
			);
			expect(await multiply(Float32Array.of(1, 1), 1)).toEqual(
				Float32Array.of(5, 7, 9),
			);
			expect(await multiply(Float32Array.of(1, 0, 0, 2), 2)).toEqual(
				Float32Array.of(1, 2, 3, 8, 10, 12),
			);
			multiply.dispose?.();
			await kernels.dispose();
			/* eslint-enable no-await-in-loop */
		}
	});
});
