import {describe, expect, test} from 'vitest';
import {tensorOf} from '../../../source/graph/tensor.js';
import {tokenGrids} from '../../../source/graph/pictures/token-grids.js';
import {buildGraph, node, randomTensor} from '../build.js';

const list = [
	node('Reshape', ['image', 'list'], 'flat'),
	node('Transpose', ['flat'], 'cells', {perm: [0, 2, 1]}),
];
const constants = {
	list: tensorOf('int64', [1, 4, 16]),
	weights: randomTensor([4, 4], 1),
	scale: randomTensor([4], 2),
};

describe('the grid of tokens', () => {
	test('is that of the picture they were made of, though they are as many as a square has', () => {
		const graph = buildGraph({
			inputs: {image: [1, 4, 2, 8]},
			nodes: [
				...list,
				node('LayerNormalization', ['cells', 'scale'], 'normal'),
				node('MatMul', ['normal', 'weights'], 'mixed'),
				node('Add', ['mixed', 'cells'], 'sum'),
			],
			constants,
		});
		const grid = {height: 2, width: 8, leading: 0};
		const grids = tokenGrids(graph);
		expect([...grids.keys()]).toEqual(['cells', 'normal', 'mixed', 'sum']);
		expect(grids.get('sum')).toMatchObject(grid);
	});

	test('lies behind class tokens, until they are cut away', () => {
		const graph = buildGraph({
			inputs: {image: [1, 4, 2, 8]},
			nodes: [
				...list,
				node('Concat', ['class', 'cells'], 'tokens', {axis: 1}),
				node('Slice', ['tokens', 'two', 'all', 'one'], 'behind'),
				node('Slice', ['tokens', 'none', 'few', 'one'], 'before'),
				node('Concat', ['behind', 'before'], 'both', {axis: 1}),
			],
			constants: {
				...constants,
				class: randomTensor([1, 2, 4], 3),
				none: tensorOf('int64', [0]),
				one: tensorOf('int64', [1]),
				two: tensorOf('int64', [2]),
				few: tensorOf('int64', [12]),
				all: tensorOf('int64', [2 ** 40]),
			},
		});
		const grids = tokenGrids(graph);
		expect(grids.get('tokens')).toMatchObject({height: 2, leading: 2});
		expect(grids.get('behind')).toMatchObject({height: 2, leading: 0});
		expect(grids.has('before')).toBe(false);
		expect(grids.has('both')).toBe(false);
	});

	test('is none for queries, which only ask the picture', () => {
		const graph = buildGraph({
			inputs: {image: [1, 4, 4, 4]},
			nodes: [
				...list,
				node('Transpose', ['cells'], 'keys', {perm: [0, 2, 1]}),
				node('MatMul', ['queries', 'keys'], 'scores'),
				node('MatMul', ['scores', 'cells'], 'answers'),
				node('Add', ['answers', 'queries'], 'asked'),
			],
			constants: {...constants, queries: randomTensor([1, 9, 4], 3)},
		});
		expect(tokenGrids(graph).has('asked')).toBe(false);
	});

	test('is none for tokens in another order, though windows of them look like one', () => {
		const graph = buildGraph({
			inputs: {image: [1, 4, 4, 4]},
			nodes: [
				...list,
				node('Gather', ['cells', 'order'], 'shuffled', {axis: 1}),
				node('Reshape', ['shuffled', 'windows'], 'parts'),
				node('Softmax', ['parts'], 'mixed'),
				node('Reshape', ['mixed', 'whole'], 'joined'),
				node('Add', ['joined', 'shuffled'], 'sum'),
			],
			constants: {
				...constants,
				order: tensorOf(
					'int64',
					Array.from({length: 16}, (_, at) => 15 - at),
				),
				windows: tensorOf('int64', [1, 4, 4, 4]),
				whole: tensorOf('int64', [1, 16, 4]),
			},
		});
		expect(tokenGrids(graph).has('sum')).toBe(false);
	});

	test('is that of windows, once what is in them is pooled, as in Hiera', () => {
		const graph = buildGraph({
			inputs: {image: [1, 4, 4, 6]},
			nodes: [
				node('Transpose', ['image'], 'rows', {perm: [0, 2, 3, 1]}),
				node('Reshape', ['rows', 'windows'], 'cut'),
				node('Transpose', ['cut'], 'turned', {perm: [0, 2, 4, 1, 3, 5]}),
				node('Reshape', ['turned', 'rounds'], 'places'),
				node('Reshape', ['places', 'all'], 'shuffled'),
				node('Relu', ['shuffled'], 'active'),
				node('Reshape', ['active', 'apart'], 'parts'),
				node('ReduceMax', ['parts'], 'pooled', {axes: [1], keepdims: 0}),
				node('Relu', ['pooled'], 'tokens'),
			],
			constants: {
				windows: tensorOf('int64', [1, 2, 2, 3, 2, 4]),
				rounds: tensorOf('int64', [4, 2, 3, 4]),
				all: tensorOf('int64', [1, 24, 4]),
				apart: tensorOf('int64', [1, 4, 6, 4]),
			},
		});
		const grids = tokenGrids(graph);
		expect(grids.has('active')).toBe(false);
		expect(grids.get('tokens')).toMatchObject({
			height: 2,
			width: 3,
			leading: 0,
		});
	});

	test('is that of rows with their channels last', () => {
		const graph = buildGraph({
			inputs: {image: [1, 2, 3, 4]},
			nodes: [node('Reshape', ['image', 'list'], 'tokens')],
			constants: {list: tensorOf('int64', [1, 6, 4])},
		});
		expect(tokenGrids(graph).get('tokens')).toMatchObject({
			height: 2,
			width: 3,
			leading: 0,
		});
	});
});
