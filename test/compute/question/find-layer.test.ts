import {describe, expect, test} from 'vitest';
import {findLayer} from '../../../source/compute/question/find-layer.js';
import {UsageError} from '../../../source/errors.js';
import {buildGraph, node} from '../../graph/build.js';

const shape = [1, 2, 4, 4];
const scope = 'StatefulPartitionedCall/model';

/** Named as tf2onnx names: values after their nodes, with the number of the output. */
const graph = buildGraph({
	inputs: {image: shape},
	nodes: [
		{
			...node('Relu', ['image'], `${scope}/stem/Relu:0`),
			name: `${scope}/stem/Relu`,
		},
		{
			...node('Relu', [`${scope}/stem/Relu:0`], 'Relu__7:0'),
			name: `${scope}/block.1/Relu`,
		},
		{...node('Neg', ['Relu__7:0'], 'tokens'), name: `${scope}/block.1/Neg`},
		{...node('Reshape', ['tokens', 'grid'], 'tokens:picture'), name: 'grid'},
		node('Neg', ['tokens:picture'], 'logits'),
	],
	constants: {
		grid: {type: 'int64', shape: [4], data: BigInt64Array.of(1n, 2n, 4n, 4n)},
	},
});
const network = {
	graph,
	logits: graph.values.get('logits')!,
	layers: [`${scope}/stem/Relu:0`, 'Relu__7:0', 'tokens:picture'].map(
		(name) => ({...graph.values.get(name)!, opType: 'Relu'}),
	),
};

describe('a layer', () => {
	test.each([
		['its value', 'Relu__7:0', 'Relu__7:0'],
		['its node', `${scope}/stem/Relu`, `${scope}/stem/Relu:0`],
		['the tokens that it is a picture of', 'tokens', 'tokens:picture'],
		['the end of its value', 'stem/Relu:0', `${scope}/stem/Relu:0`],
		['the end of its node', 'block.1/Relu', 'Relu__7:0'],
		[
			'an end that begins with a separator',
			'/stem/Relu',
			`${scope}/stem/Relu:0`,
		],
		['the end of the node of its tokens', '1/Neg', 'tokens:picture'],
	])('is found by %s', (_, word, name) => {
		expect(findLayer(network, word)).toBe(name);
	});

	test('is not found by the end of several, which are listed', () => {
		expect(() => findLayer(network, 'Relu')).toThrow(
			new UsageError(
				`The names of 2 layers end with "Relu" (${scope}/stem/Relu:0, Relu__7:0); write more of the name`,
			),
		);
	});

	test('is not found by a part of a part', () => {
		expect(() => findLayer(network, 'elu')).toThrow(
			/^There is no layer "elu"; /v,
		);
	});
});
