import {expect, test} from 'vitest';
import {defaultLayer} from '../../source/autodiff/default-layer.js';
import {explainableValues} from '../../source/autodiff/explainable.js';
import {findBottlenecks} from '../../source/graph/dependence.js';
import {findLogits} from '../../source/graph/logits/find-logits.js';
import {pictureTokens} from '../../source/graph/pictures/picture-tokens.js';
import {tensorOf} from '../../source/graph/tensor.js';
import {buildGraph, node, randomTensor} from '../graph/build.js';

const conv = (input: string, output: string, weight: string) =>
	node('Conv', [input, weight], output, {kernel_shape: [1, 1]});

test('the widest features are shown by default, but no concatenation', () => {
	const open = buildGraph({
		inputs: {image: [1, 3, 8, 8]},
		nodes: [
			conv('image', 'a', 'w1'),
			node('Relu', ['a'], 'features'),
			conv('features', 'b', 'w2'),
			node('Concat', ['features', 'b'], 'all', {axis: 1}),
			conv('all', 'head', 'w3'),
		],
		constants: {
			w1: randomTensor([6, 3, 1, 1]),
			w2: randomTensor([4, 6, 1, 1]),
			w3: randomTensor([2, 10, 1, 1]),
		},
	});
	expect(
		defaultLayer(
			open,
			explainableValues(open, 'head'),
			findLogits(open, 'head'),
		)!.name,
	).toBe('features');
});

test('the last picture before the pooling is the default of a classifier', () => {
	const classifier = buildGraph({
		inputs: {image: [1, 3, 8, 8]},
		nodes: [
			conv('image', 'a', 'w1'),
			node('Relu', ['a'], 'features'),
			node('MaxPool', ['features'], 'pooled', {
				kernel_shape: [2, 2],
				strides: [2, 2],
			}),
			node('GlobalAveragePool', ['pooled'], 'mean'),
			node('Reshape', ['mean', 'flat'], 'output'),
		],
		constants: {
			w1: randomTensor([6, 3, 1, 1]),
			flat: tensorOf('int64', [1, 6]),
		},
	});
	const value = findLogits(classifier, 'output');
	expect(
		defaultLayer(classifier, explainableValues(classifier, 'output'), value)!
			.name,
	).toBe('features');
});

test('what joins branches is the default of a classifier whose last features they are', () => {
	const inception = buildGraph({
		inputs: {image: [1, 3, 8, 8]},
		nodes: [
			conv('image', 'stem', 'w1'),
			node('Sigmoid', ['stem'], 'gate'),
			node('Mul', ['stem', 'gate'], 'gated'),
			conv('gated', 'left', 'w2'),
			conv('gated', 'right', 'w3'),
			node('Concat', ['left', 'right'], 'joined', {axis: 1}),
			node('AveragePool', ['joined'], 'pooled', {
				kernel_shape: [2, 2],
				strides: [2, 2],
			}),
			node('GlobalAveragePool', ['pooled'], 'mean'),
			node('Reshape', ['mean', 'flat'], 'output'),
		],
		constants: {
			w1: randomTensor([6, 3, 1, 1]),
			w2: randomTensor([4, 6, 1, 1]),
			w3: randomTensor([2, 6, 1, 1]),
			flat: tensorOf('int64', [1, 6]),
		},
	});
	const layers = explainableValues(inception, 'output');
	expect(
		defaultLayer(inception, layers, findLogits(inception, 'output'))!.name,
	).toBe('joined');
	expect([...findBottlenecks(inception, 'output')]).toEqual([
		'stem',
		'gated',
		'joined',
		'pooled',
		'mean',
		'output',
	]);
});

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

test.each([
	{
		pooling: 'a generalised mean',
		nodes: [
			node('Pow', ['features', 'three'], 'sharp'),
			node('ReduceMean', ['sharp'], 'logits', {axes: [2, 3], keepdims: 0}),
		],
	},
	{
		pooling: 'a mean that one channel weighs',
		nodes: [
			node('Conv', ['features', 'weigher'], 'weights', {kernel_shape: [1, 1]}),
			node('Reshape', ['weights', 'column'], 'weighing'),
			node('Reshape', ['features', 'rows'], 'lists'),
			node('MatMul', ['lists', 'weighing'], 'sums'),
			node('Reshape', ['sums', 'answer'], 'logits'),
		],
	},
])('the last features come before $pooling', ({nodes}) => {
	const classifier = buildGraph({
		inputs: {image: [1, 2, 4, 4]},
		nodes: [node('Relu', ['image'], 'features'), ...nodes],
		constants: {
			three: tensorOf('float32', [3], []),
			weigher: randomTensor([1, 2, 1, 1], 1),
			column: tensorOf('int64', [1, 16, 1]),
			rows: tensorOf('int64', [1, 2, 16]),
			answer: tensorOf('int64', [1, 2]),
		},
	});
	const layers = explainableValues(classifier, 'logits');
	expect(layers.length).toBeGreaterThan(1);
	expect(
		defaultLayer(classifier, layers, classifier.values.get('logits')!)!.name,
	).toBe('features');
});
