import process from 'node:process';
import * as tf from '@tensorflow/tfjs-core';
import {afterAll, describe, expect, it} from 'vitest';
import {tfjsNode, wasm} from '../../source/runtimes/tfjs/index.js';
import {buildGraph, node, randomTensor} from '../graph/build.js';

const shape = [1, 2, 3, 4];
const image = new Float32Array(24).map((_, index) => index - 12);

const graph = buildGraph({
	inputs: {image: shape},
	nodes: [
		node('Relu', ['image'], 'positive'),
		node('Conv', ['positive', 'weights'], 'features', {pads: [1, 1, 1, 1]}),
		node('Reshape', ['features', 'flat'], 'list'),
		node('Transpose', ['list'], 'turned', {perm: [0, 2, 1]}),
		node('Sigmoid', ['turned'], 'result'),
	],
	constants: {
		weights: randomTensor([5, 2, 3, 3]),
		flat: {type: 'int64', shape: [3], data: BigInt64Array.of(1n, 5n, 12n)},
	},
	outputs: ['result', 'positive'],
});

const listenersBefore = process.listenerCount('uncaughtException');
const runtime = await wasm.open({});

afterAll(async () => {
	await runtime.dispose();
});

describe('TensorFlow.js in WebAssembly', () => {
	it('gives values as ONNX has them, whatever layout it computes in', async () => {
		const session = await runtime.load(graph, ['positive']);
		const values = await session.run(new Map([['image', image]]), ['positive']);
		expect(values.get('positive')).toEqual(
			image.map((value) => Math.max(value, 0)),
		);
		await session.dispose();
	});

	it('answers a fetched input and a fetched constant', async () => {
		const session = await runtime.load(graph, ['image', 'weights']);
		const values = await session.run(new Map([['image', image]]), [
			'image',
			'weights',
		]);
		expect(values.get('image')).toEqual(image);
		expect(values.get('weights')).toEqual(graph.constants.get('weights')!.data);
		await session.dispose();
	});

	it('leaves nothing on the device: not after a run, not after it is disposed of', async () => {
		const before = tf.memory().numTensors;
		const session = await runtime.load(graph, graph.outputs);
		const feeds = new Map([['image', image]]);
		await session.run(feeds, graph.outputs);
		const loaded = tf.memory().numTensors;
		for (let count = 0; count < 5; count++) {
			// eslint-disable-next-line no-await-in-loop -- one run after the other is the point
			await session.run(feeds, graph.outputs);
		}

		expect(tf.memory().numTensors).toBe(loaded);
		await session.dispose();
		expect(tf.memory().numTensors).toBe(before);
	});

	it('multiplies by prepared weights, for any number of rows', async () => {
		const product = await runtime.prepare({k: 2, n: 3}, () =>
			Float32Array.of(1, 2, 3, 4, 5, 6),
		);
		expect(await product(Float32Array.of(1, 1), 1)).toEqual(
			Float32Array.of(5, 7, 9),
		);
		expect(await product(Float32Array.of(1, 0, 0, 2), 2)).toEqual(
			Float32Array.of(1, 2, 3, 8, 10, 12),
		);
		const place = new Float32Array(3);
		expect(await product(Float32Array.of(0, 1), 1, place)).toBe(place);
		expect(place).toEqual(Float32Array.of(4, 5, 6));
		product.dispose?.();
		const byColumns = await runtime.prepare({k: 2, n: 3, by: 'columns'}, () =>
			Float32Array.of(1, 4, 2, 5, 3, 6),
		);
		expect(await byColumns(Float32Array.of(1, 0, 0, 2), 2)).toEqual(
			Float32Array.of(1, 2, 3, 8, 10, 12),
		);
		byColumns.dispose?.();
	});

	it('names a node that it cannot run, and the runtime that can', async () => {
		const unknown = {
			...graph,
			nodes: graph.nodes.map((each) =>
				each.opType === 'Sigmoid' ? {...each, opType: 'Hardmax'} : each,
			),
		};
		await expect(runtime.load(unknown, ['result'])).rejects.toThrow(
			/Node \/result\/Sigmoid: .* Hardmax; use --runtime onnxruntime/v,
		);
	});

	it("does not listen for the process's errors", () => {
		expect(process.listenerCount('uncaughtException')).toBe(listenersBefore);
	});
});

describe('TensorFlow in tfjs-node', () => {
	it('works, or says in one line why not', async () => {
		const outcome = await tfjsNode
			.open({})
			.then(({description}) => description, String);
		expect(outcome).toMatch(
			/^(?:TensorFlow [\d.]+ \(|Error: @tensorflow\/tfjs-node is )/v,
		);
		expect(outcome).not.toContain('\n');
	});
});
