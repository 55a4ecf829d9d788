import {expect, test} from 'vitest';
import {explainableValues} from '../../../source/autodiff/explainable.js';
import type {Graph} from '../../../source/graph/graph.js';
import {layoutsOf} from '../../../source/graph/pictures/layouts.js';
import {tensorOf} from '../../../source/graph/tensor.js';
import {buildGraph, node, randomTensor} from '../build.js';

const last = [0, 2, 3, 1];
const first = [0, 3, 1, 2];

const ofLayout = (graph: Graph, wanted: string) =>
	[...layoutsOf(graph)]
		.flatMap(([name, layout]) => (layout === wanted ? [name] : []))
		.toSorted();

/** As tf2onnx writes it: what is fed and what is added has its channels last. */
const network = buildGraph({
	inputs: {image: [1, 6, 6, 3]},
	nodes: [
		node('Mul', ['image', 'scale'], 'scaled'),
		node('Transpose', ['scaled'], 'turned', {perm: first}),
		node('Conv', ['turned', 'weight'], 'conv'),
		node('Transpose', ['conv'], 'back', {perm: last}),
		node('Relu', ['back'], 'relu'),
		node('MatMul', ['relu', 'dense'], 'mixed'),
		node('Add', ['relu', 'mixed'], 'sum'),
		node('Transpose', ['sum'], 'again', {perm: first}),
		node('Conv', ['again', 'head'], 'logits'),
	],
	constants: {
		scale: randomTensor([3], 1),
		weight: randomTensor([4, 3, 3, 3], 2),
		dense: randomTensor([4, 4], 3),
		head: randomTensor([2, 4, 1, 1], 4),
	},
});

test('values between transpositions have their channels last', () => {
	expect(ofLayout(network, 'last')).toEqual([
		'back',
		'image',
		'mixed',
		'relu',
		'scaled',
		'sum',
	]);
});

test('only what has its channels first is listed', () => {
	expect(explainableValues(network, 'logits').map(({name}) => name)).toEqual([
		'turned',
		'conv',
		'again',
	]);
});

test('the heads of an attention have no layout, though they are turned in the same way', () => {
	const attention = buildGraph({
		inputs: {image: [1, 4, 2, 3]},
		nodes: [
			node('Transpose', ['image'], 'keys', {perm: last}),
			node('Relu', ['keys'], 'output'),
		],
	});
	expect(layoutsOf(attention).size).toBe(0);
});

test('a layer normalisation has its channels last, whatever came before', () => {
	const head = buildGraph({
		inputs: {image: [1, 3, 6, 6]},
		nodes: [
			node('ReduceMean', ['image'], 'mean', {axes: [2, 3]}),
			node('Transpose', ['mean'], 'turned', {perm: last}),
			node('LayerNormalization', ['turned', 'scale'], 'normal'),
			node('Flatten', ['normal'], 'logits'),
		],
		constants: {scale: randomTensor([3])},
	});
	expect(explainableValues(head, 'logits').map(({name}) => name)).toEqual([
		'mean',
	]);
});

test('rows and columns that are repeated, each on an axis of its own, leave channels where they are', () => {
	const enlarging = buildGraph({
		inputs: {image: [1, 3, 2, 2]},
		nodes: [
			node('Transpose', ['image'], 'turned', {perm: last}),
			node('Unsqueeze', ['turned', 'behindRows'], 'rows'),
			node('Tile', ['rows', 'twiceRows'], 'moreRows'),
			node('Reshape', ['moreRows', 'tall'], 'high'),
			node('Unsqueeze', ['high', 'behindColumns'], 'columns'),
			node('Tile', ['columns', 'twiceColumns'], 'moreColumns'),
			node('Reshape', ['moreColumns', 'large'], 'wide'),
			node('Transpose', ['wide'], 'again', {perm: first}),
			node('Conv', ['again', 'weight'], 'logits'),
		],
		constants: {
			behindRows: tensorOf('int64', [2]),
			twiceRows: tensorOf('int64', [1, 1, 2, 1, 1]),
			tall: tensorOf('int64', [1, 4, 2, 3]),
			behindColumns: tensorOf('int64', [3]),
			twiceColumns: tensorOf('int64', [1, 1, 1, 2, 1]),
			large: tensorOf('int64', [1, 4, 4, 3]),
			weight: randomTensor([2, 3, 1, 1], 1),
		},
	});
	expect(ofLayout(enlarging, 'last')).toEqual(['high', 'turned', 'wide']);
	expect(explainableValues(enlarging, 'logits').map(({name}) => name)).toEqual([
		'again',
	]);
});

test('the heads of an attention are not listed, but the picture that is made of them is', () => {
	const attention = buildGraph({
		inputs: {image: [1, 4, 2, 3]},
		nodes: [
			node('Relu', ['image'], 'relu'),
			node('Reshape', ['relu', 'parted'], 'heads'),
			node('Transpose', ['heads'], 'keys', {perm: [0, 1, 3, 2]}),
			node('MatMul', ['keys', 'heads'], 'likeness'),
			node('Softmax', ['likeness'], 'shares', {axis: 3}),
			node('MatMul', ['heads', 'shares'], 'mixed'),
			node('Reshape', ['mixed', 'whole'], 'picture'),
			node('Conv', ['picture', 'weight'], 'conv'),
			node('Reshape', ['conv', 'large'], 'logits'),
		],
		constants: {
			parted: tensorOf('int64', [1, 2, 2, 6]),
			whole: tensorOf('int64', [1, 4, 2, 3]),
			large: tensorOf('int64', [1, 2, 2, 3]),
			weight: randomTensor([2, 4, 1, 1], 1),
		},
	});
	expect(ofLayout(attention, 'unknown')).toEqual([
		'heads',
		'keys',
		'likeness',
		'logits',
		'mixed',
		'shares',
	]);
	expect(explainableValues(attention, 'logits').map(({name}) => name)).toEqual([
		'relu',
		'picture',
		'conv',
	]);
});

test('tokens that a network lays out as a picture are listed, though they are turned back at once', () => {
	const graph = buildGraph({
		inputs: {image: [1, 3, 8, 8]},
		nodes: [
			node('Conv', ['image', 'patches'], 'cells', {strides: [2, 2]}),
			node('Reshape', ['cells', 'flat'], 'row'),
			node('Transpose', ['row'], 'tokens', {perm: [0, 2, 1]}),
			node('MatMul', ['tokens', 'dense'], 'mixed'),
			node('Transpose', ['mixed'], 'turned', {perm: [0, 2, 1]}),
			node('Reshape', ['turned', 'grid'], 'stage'),
			node('Reshape', ['stage', 'flat'], 'again'),
			node('Transpose', ['again'], 'back', {perm: [0, 2, 1]}),
			node('MatMul', ['back', 'dense'], 'head'),
			node('Transpose', ['head'], 'scores', {perm: [0, 2, 1]}),
			node('Reshape', ['scores', 'grid'], 'logits'),
		],
		constants: {
			patches: randomTensor([6, 3, 2, 2], 1),
			dense: randomTensor([6, 6], 2),
			flat: tensorOf('int64', [1, 6, -1]),
			grid: tensorOf('int64', [1, 6, 4, 4]),
		},
	});
	expect(explainableValues(graph, 'logits').map(({name}) => name)).toEqual([
		'cells',
		'stage',
	]);
});
