import {expect, test} from 'vitest';
import {
	defaultLayer,
	explainableValues,
} from '../../source/autodiff/explainable.js';
import {pictureTokens} from '../../source/graph/picture-tokens.js';
import {tensorOf} from '../../source/graph/tensor.js';
import {buildGraph, node, randomTensor} from '../graph/build.js';

test('tokens that are merged are not the deepest features of a segmentation, however wide they are', () => {
	const merging = pictureTokens(
		buildGraph({
			inputs: {image: [1, 2, 4, 4]},
			nodes: [
				node('Reshape', ['image', 'merged'], 'patches'),
				node('LayerNormalization', ['patches', 'wide'], 'gathered'),
				node('MatMul', ['gathered', 'narrow'], 'tokens'),
				node('LayerNormalization', ['tokens', 'scale'], 'normal'),
				node('Add', ['tokens', 'normal'], 'sum'),
				node('Reshape', ['sum', 'picture'], 'logits'),
			],
			constants: {
				merged: tensorOf('int64', [1, 4, 8]),
				wide: randomTensor([8], 1),
				narrow: randomTensor([8, 4], 2),
				scale: randomTensor([4], 3),
				picture: tensorOf('int64', [1, 4, 2, 2]),
			},
		}),
	);
	const layers = explainableValues(merging, 'logits');
	expect(layers.map(({name}) => name)).toContain('gathered:picture');
	expect(
		defaultLayer(merging, layers, merging.values.get('logits')!)!.name,
	).toBe('sum:picture');
});

test('a picture that is averaged into fewer cells is no default layer', () => {
	const pooling = buildGraph({
		inputs: {image: [1, 2, 4, 4]},
		nodes: [
			node('Relu', ['image'], 'features'),
			node('Reshape', ['features', 'split'], 'parts'),
			node('ReduceMean', ['parts'], 'sums', {axes: [5], keepdims: 0}),
			node('ReduceMean', ['sums'], 'pooled', {axes: [3], keepdims: 0}),
			node('Resize', ['pooled', '', '', 'large'], 'spread', {mode: 'linear'}),
			node('Add', ['spread', 'features'], 'logits'),
		],
		constants: {
			split: tensorOf('int64', [1, 2, 2, 2, 2, 2]),
			large: tensorOf('int64', [1, 2, 4, 4]),
		},
	});
	const layers = explainableValues(pooling, 'logits');
	expect(layers.map(({name}) => name)).toContain('pooled');
	expect(
		defaultLayer(pooling, layers, pooling.values.get('logits')!)!.name,
	).not.toBe('pooled');
});
