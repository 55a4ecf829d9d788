import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import type {EvaluatedImage} from '../../source/compute/evaluated-image.js';
import {
	createExplainer,
	type Explainer,
} from '../../source/compute/explainer.js';
import {tensorOf} from '../../source/graph/tensor.js';
import type {Runtime} from '../../source/runtimes/runtime.js';
import {selectRuntime} from '../../source/runtimes/select.js';
import {buildGraph, node} from '../graph/build.js';
import {installedNames} from '../runtimes/installed.js';

const ones = (count: number) => Array.from({length: count}, () => 1);

/** The example that Grad-CAM libraries publish values for: a convolution, a ReLU, a dense layer, a ReLU. */
const graph = buildGraph({
	inputs: {image: [1, 1, 4, 4]},
	constants: {
		kernel: tensorOf('float32', ones(18), [2, 1, 3, 3]),
		bias: tensorOf('float32', [-50, -75]),
		weights: tensorOf(
			'float32',
			Array.from({length: 4}, () => [...ones(5), -1, -1, -1]).flat(),
			[4, 8],
		),
	},
	nodes: [
		node('Conv', ['image', 'kernel', 'bias'], 'conv'),
		node('Relu', ['conv'], 'relu'),
		node('Flatten', ['relu'], 'flat'),
		node('Gemm', ['flat', 'weights'], 'dense', {transB: 1}),
		node('Relu', ['dense'], 'output'),
	],
});

describe.each(await installedNames())('on %s', (name) => {
	let runtime: Runtime;
	let explainer: Explainer;
	let image: EvaluatedImage;

	beforeAll(async () => {
		({runtime} = await selectRuntime(name));
		explainer = await createExplainer({
			graph,
			logits: 'output',
			layers: ['relu', 'conv'],
			runtime,
		});
		image = await explainer.forward(
			new Map([['image', Float32Array.from({length: 16}, (_, at) => at)]]),
		);
	});

	afterAll(async () => {
		await explainer.dispose();
		await runtime.dispose();
	});

	test('the logit is 54', () => {
		expect(image.logits[0]).toBe(54);
	});

	test.each([
		['grad-cam', 'relu', [0, 4, 28, 32.5]],
		['grad-cam', 'conv', [11.25, 13.5, 20.25, 22.5]],
		['grad-cam++', 'relu', [0, 0.207_792, 1.871_259, 2.730_096]],
		['hirescam', 'relu', [0, 4, 25, 25]],
		['layercam', 'relu', [0, 4, 31, 40]],
	] as const)('%s at the %s is as published', async (method, layer, wanted) => {
		const {map, width, height, min, max} = await image.explain({
			target: {class: 0, pixels: [{position: 0}]},
			layer,
			method,
		});
		expect([width, height, min, max]).toEqual([
			2,
			2,
			Math.min(...map),
			Math.max(...map),
		]);
		for (const [at, value] of wanted.entries()) {
			expect(map[at]).toBeCloseTo(value, 5);
		}
	});
});
