import {describe, expect, test} from 'vitest';
import {explainableValues} from '../../source/autodiff/explainable.js';
import {findPath} from '../../source/autodiff/path.js';
import type {Graph} from '../../source/graph/graph.js';
import {buildGraph, node, randomTensor} from '../graph/build.js';

const conv = (input: string, output: string, weight: string) =>
	node('Conv', [input, weight], output, {kernel_shape: [1, 1]});

describe('the values that can be explained', () => {
	const graph = buildGraph({
		inputs: {image: [1, 3, 8, 8]},
		nodes: [
			conv('image', 'wide', 'w1'),
			node('Relu', ['wide'], 'features'),
			node('ArgMax', ['features'], 'index', {axis: 1, keepdims: 1}),
			node('Cast', ['index'], 'map', {to: 1}),
			conv('features', 'narrow', 'w2'),
			node('Mul', ['narrow', 'map'], 'gated'),
			conv('gated', 'head', 'w3'),
		],
		constants: {
			w1: randomTensor([6, 3, 1, 1]),
			w2: randomTensor([4, 6, 1, 1]),
			w3: randomTensor([2, 4, 1, 1]),
		},
	});

	const namesOf = (network: Graph) =>
		explainableValues(network, 'head').map(({name}) => name);

	test('are those from which a derivative leads to the logits; a step function beside the way takes nothing from it', () => {
		expect(namesOf(graph)).toEqual([
			'wide',
			'features',
			'narrow',
			'map',
			'gated',
		]);
	});

	const dynamic = (opType: string) =>
		buildGraph({
			inputs: {image: [1, 3, 8, 8]},
			nodes: [
				conv('image', 'features', 'w1'),
				node('GlobalAveragePool', ['features'], 'mean'),
				node('Mul', ['w2', 'mean'], 'kernel'),
				node(opType, ['features', 'kernel'], 'filtered'),
				conv('filtered', 'head', 'w3'),
			],
			constants: {
				w1: randomTensor([6, 3, 1, 1]),
				w2: randomTensor([6, 1, 1, 1]),
				w3: randomTensor([2, 6, 1, 1]),
			},
		});

	test('do not lie before weights that the network computes, whose derivative would be missing', () => {
		const network = dynamic('ConvTranspose');
		expect(namesOf(network)).toEqual(['filtered']);
		expect(() => findPath(network, 'head', ['features'])).toThrow(
			/filtered.*weights \(kernel\) are computed.*explained is filtered/v,
		);
	});

	test('lie before a convolution whose kernel is computed, and none within it', () => {
		expect(namesOf(dynamic('Conv'))).toEqual(['features', 'mean', 'filtered']);
	});
});
