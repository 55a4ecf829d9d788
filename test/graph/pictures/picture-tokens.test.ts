import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {defaultLayer} from '../../../source/autodiff/default-layer.js';
import {explainableValues} from '../../../source/autodiff/explainable.js';
import {findLogits} from '../../../source/graph/logits/find-logits.js';
import type {Graph} from '../../../source/graph/graph.js';
import {pictureTokens} from '../../../source/graph/pictures/picture-tokens.js';
import {tensorOf} from '../../../source/graph/tensor.js';
import {verify} from '../../../source/ops/verify.js';
import type {Runtime} from '../../../source/runtimes/runtime.js';
import {wasm} from '../../../source/runtimes/tfjs/index.js';
import {buildGraph, node, randomNumbers, randomTensor} from '../build.js';

let runtime: Runtime;

beforeAll(async () => {
	runtime = await wasm.open({});
});

afterAll(async () => {
	await runtime.dispose();
});

/** A transformer of one block on 2 × 3 patches, behind a class token. */
const transformer = buildGraph({
	inputs: {image: [1, 3, 4, 6]},
	nodes: [
		node('Conv', ['image', 'patches'], 'grid', {
			kernel_shape: [2, 2],
			strides: [2, 2],
		}),
		node('Reshape', ['grid', 'list'], 'flat'),
		node('Transpose', ['flat'], 'cells', {perm: [0, 2, 1]}),
		node('Concat', ['class', 'cells'], 'tokens', {axis: 1}),
		node('LayerNormalization', ['tokens', 'scale'], 'normal'),
		node('Transpose', ['normal'], 'keys', {perm: [0, 2, 1]}),
		node('MatMul', ['normal', 'keys'], 'scores'),
		node('Softmax', ['scores'], 'weights'),
		node('MatMul', ['weights', 'normal'], 'mixed'),
		node('Add', ['tokens', 'mixed'], 'sum'),
		node('Gather', ['sum', 'first'], 'seen', {axis: 1}),
		node('MatMul', ['seen', 'classes'], 'logits'),
	],
	constants: {
		patches: randomTensor([4, 3, 2, 2], 1),
		list: tensorOf('int64', [1, 4, 6]),
		class: randomTensor([1, 1, 4], 2),
		scale: randomTensor([4], 3),
		first: tensorOf('int64', [0], []),
		classes: randomTensor([4, 2], 4),
	},
});

const run = async (graph: Graph) => {
	const session = await runtime.load(graph, ['logits']);
	const image = Float32Array.from({length: 72}, randomNumbers(5));
	const answers = await session.run(new Map([['image', image]]), ['logits']);
	await session.dispose();
	return [...answers.get('logits')!];
};

describe('tokens as pictures', () => {
	const graph = pictureTokens(transformer);

	test('are layers of the grid that came before, without the class token', () => {
		expect(
			explainableValues(graph, 'logits')
				.filter(({name}) => name.endsWith(':picture'))
				.map(({name, shape}) => [name, ...shape]),
		).toEqual([
			['normal:picture', 1, 4, 2, 3],
			['sum:picture', 1, 4, 2, 3],
		]);
	});

	test('leave a sound network with the same answers', async () => {
		expect(() => {
			verify(graph);
		}).not.toThrow();
		expect(await run(graph)).toEqual(await run(transformer));
	});

	test('are shown by default where attention reads them for the last time: behind it only the class token counts', () => {
		const layer = defaultLayer(
			graph,
			explainableValues(graph, 'logits'),
			findLogits(graph, 'logits'),
		);
		expect(layer!.name).toBe('normal:picture');
	});

	test('may lie in rows with their channels last', async () => {
		const windowed = buildGraph({
			inputs: {image: [1, 3, 4, 6]},
			nodes: [
				node('Transpose', ['image'], 'turned', {perm: [0, 2, 3, 1]}),
				node('LayerNormalization', ['turned', 'scale'], 'first'),
				node('Add', ['turned', 'first'], 'sum'),
				node('LayerNormalization', ['sum', 'scale'], 'second'),
				node('ReduceMean', ['second'], 'logits', {axes: [1, 2], keepdims: 0}),
			],
			constants: {scale: randomTensor([3], 3)},
		});
		const pictured = pictureTokens(windowed);
		expect(pictured.values.get('first:picture')).toBeUndefined();
		expect(pictured.values.get('second:picture')!.shape).toEqual([1, 3, 4, 6]);
		expect(await run(pictured)).toEqual(await run(windowed));
	});

	test('are normalised by their root mean square, too', async () => {
		const squared = buildGraph({
			inputs: {image: [1, 4, 2, 3]},
			nodes: [
				node('Relu', ['image'], 'grid'),
				node('Reshape', ['grid', 'list'], 'flat'),
				node('Transpose', ['flat'], 'tokens', {perm: [0, 2, 1]}),
				node('Mul', ['tokens', 'tokens'], 'squares'),
				node('ReduceMean', ['squares'], 'mean', {axes: [-1]}),
				node('Sqrt', ['mean'], 'root'),
				node('Reciprocal', ['root'], 'inverse'),
				node('Mul', ['tokens', 'inverse'], 'unscaled'),
				node('Mul', ['unscaled', 'scale'], 'normal'),
				node('ReduceMean', ['normal'], 'logits', {axes: [1], keepdims: 0}),
			],
			constants: {
				list: tensorOf('int64', [1, 4, 6]),
				scale: randomTensor([4], 3),
			},
		});
		expect(
			explainableValues(pictureTokens(squared), 'logits').map(({name}) => name),
		).toEqual(['grid', 'normal:picture']);
	});

	test('are no heads of an attention, whose queries are normalised', () => {
		const heads = buildGraph({
			inputs: {image: [1, 4, 6, 6]},
			nodes: [
				node('Relu', ['image'], 'grid'),
				node('Reshape', ['grid', 'parts'], 'queries'),
				node('LayerNormalization', ['queries', 'scale'], 'normal'),
				node('ReduceMean', ['normal'], 'logits', {axes: [1, 2], keepdims: 0}),
			],
			constants: {
				parts: tensorOf('int64', [1, 2, 36, 2]),
				scale: randomTensor([2], 3),
			},
		});
		expect(pictureTokens(heads)).toBe(heads);
	});

	test('are no windows of an attention, though these are about as many as the tokens in one', () => {
		const windows = buildGraph({
			inputs: {image: [1, 4, 20, 16]},
			nodes: [
				node('Reshape', ['image', 'parts'], 'windows'),
				node('LayerNormalization', ['windows', 'scale'], 'normal'),
				node('ReduceMean', ['normal'], 'logits', {axes: [1, 2], keepdims: 0}),
			],
			constants: {
				parts: tensorOf('int64', [1, 16, 20, 4]),
				scale: randomTensor([4], 3),
			},
		});
		expect(pictureTokens(windows)).toBe(windows);
	});

	test('lie in the grid that came before, though they are as many as a square has', () => {
		const wide = buildGraph({
			inputs: {image: [1, 4, 2, 4]},
			nodes: [
				node('Relu', ['image'], 'grid'),
				node('Reshape', ['grid', 'list'], 'flat'),
				node('Transpose', ['flat'], 'cells', {perm: [0, 2, 1]}),
				node('Concat', ['class', 'cells'], 'tokens', {axis: 1}),
				node('LayerNormalization', ['tokens', 'scale'], 'normal'),
				node('ReduceMean', ['normal'], 'logits', {axes: [1], keepdims: 0}),
			],
			constants: {
				list: tensorOf('int64', [1, 4, 8]),
				class: randomTensor([1, 1, 4], 2),
				scale: randomTensor([4], 3),
			},
		});
		expect(pictureTokens(wide).values.get('normal:picture')!.shape).toEqual([
			1, 4, 2, 4,
		]);
	});

	test('change nothing in a network without them', () => {
		const plain = buildGraph({
			inputs: {image: [1, 3, 4, 6]},
			nodes: [node('Relu', ['image'], 'logits')],
		});
		expect(pictureTokens(plain)).toBe(plain);
	});
});
