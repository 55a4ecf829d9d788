import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import type {EvaluatedImage} from '../../../source/compute/evaluated-image.js';
import {
	createExplainer,
	type Explainer,
} from '../../../source/compute/explainer.js';
import {tensorOf} from '../../../source/graph/tensor.js';
import type {Runtime} from '../../../source/runtimes/runtime.js';
import {wasm} from '../../../source/runtimes/tfjs/index.js';
import {buildGraph, node, randomTensor} from '../../graph/build.js';

const size = 36;

const graph = buildGraph({
	inputs: {image: [1, 3, 12, 12]},
	constants: {
		first: randomTensor([16, 3, 3, 3], 1),
		second: randomTensor([12, 16, 3, 3], 2),
		classifier: randomTensor([4, 12, 1, 1], 3),
		sizes: tensorOf('int64', [1, 4, size, size]),
	},
	nodes: [
		node('Conv', ['image', 'first'], 'conv1', {pads: [1, 1, 1, 1]}),
		node('Relu', ['conv1'], 'layer'),
		node('Conv', ['layer', 'second'], 'conv2', {pads: [1, 1, 1, 1]}),
		node('Relu', ['conv2'], 'head'),
		node('Conv', ['head', 'classifier'], 'low'),
		node('Resize', ['low', '', '', 'sizes'], 'logits', {mode: 'linear'}),
	],
});

const imageOf = (seed: number) =>
	new Map([
		[
			'image',
			Float32Array.from(randomTensor([1, 3, 12, 12], seed).data, Number),
		],
	]);

let runtime: Runtime;
let explainer: Explainer;
let image: EvaluatedImage;

beforeAll(async () => {
	runtime = await wasm.open({});
	explainer = await createExplainer({
		graph,
		logits: 'logits',
		layers: ['layer'],
		runtime,
	});
	image = await explainer.forward(imageOf(4));
});

afterAll(async () => {
	await explainer.dispose();
	await runtime.dispose();
});

/** Compares some pixels, the corners among them, with what a walk says. */
const compare = async (on: EvaluatedImage, id: number) => {
	const table = await on.classTable({layer: 'layer', class: id});
	for (const position of [0, size - 1, size * size - 1, 500, 653, 777]) {
		const target = {
			class: id,
			pixels: [{position}, {position: 5, weight: 0.5}],
		};
		// eslint-disable-next-line no-await-in-loop -- one runtime
		const walked = await on.explain({
			target,
			layer: 'layer',
			method: 'grad-cam',
		});
		const mixed = table!.explain(target);
		expect(walked.max).toBeGreaterThan(0);
		expect(mixed.width).toBe(walked.width);
		for (const [at, value] of walked.map.entries()) {
			expect(Math.abs(mixed.map[at] - value) / walked.max).toBeLessThan(1e-5);
		}
	}

	return table!;
};

describe('a class table', () => {
	test('says of every pixel what a walk says', async () => {
		await compare(image, 2);
	});

	test('of another class, or another image, in memory that was released, is not the old one', async () => {
		const table = await compare(image, 1);
		table.release();
		await compare(image, 3);
		await compare(await explainer.forward(imageOf(5)), 3);
	});

	test('refuses targets of another class', async () => {
		const table = await image.classTable({layer: 'layer', class: 0});
		expect(() => table!.explain({class: 1, pixels: [{position: 0}]})).toThrow(
			RangeError,
		);
	});

	test('is not there where the head does not end in a resize', async () => {
		const low = await createExplainer({
			graph,
			logits: 'low',
			layers: ['layer'],
			runtime,
		});
		const other = await low.forward(imageOf(4));
		expect(await other.classTable({layer: 'layer', class: 0})).toBeUndefined();
		await low.dispose();
	});
});
