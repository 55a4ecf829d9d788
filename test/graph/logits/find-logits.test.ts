import {describe, expect, test} from 'vitest';
import {findLogits} from '../../../source/graph/logits/find-logits.js';
import type {Node} from '../../../source/graph/graph.js';
import {tensorOf} from '../../../source/graph/tensor.js';
import {buildGraph, node, randomTensor} from '../build.js';

const conv = (input: string, output: string, weight: string) =>
	node('Conv', [input, weight], output, {kernel_shape: [1, 1]});

const logitsBefore = (...trailing: readonly Node[]) => {
	const graph = buildGraph({
		inputs: {image: [1, 3, 4, 6]},
		nodes: [conv('image', 'logits', 'weight'), ...trailing],
		constants: {
			weight: randomTensor([5, 3, 1, 1]),
			half: tensorOf('float32', [0.5], []),
			first: tensorOf('int64', [0], []),
			three: tensorOf('int64', [3]),
			list: tensorOf('int64', [1, 5, 24]),
			lastList: tensorOf('int64', [1, 24, 5]),
			scales: tensorOf('float32', [1, 1, 2, 2]),
			colors: randomTensor([5, 3]),
		},
	});
	return findLogits(graph, graph.outputs[0]).name;
};

describe('the logits', () => {
	test('are the output itself where nothing follows them', () => {
		expect(logitsBefore()).toBe('logits');
	});

	test('lie before a softmax, a class map, a move of the channels', () => {
		expect(logitsBefore(node('Softmax', ['logits'], 'x', {axis: 1}))).toBe(
			'logits',
		);
		expect(
			logitsBefore(
				node('Sigmoid', ['logits'], 'x'),
				node('ArgMax', ['x'], 'y', {axis: 1, keepdims: 1}),
				node('Squeeze', ['y'], 'z'),
				node('Cast', ['z'], 'w', {to: 6}),
			),
		).toBe('logits');
		expect(
			logitsBefore(
				node('Transpose', ['logits'], 'x', {perm: [0, 2, 3, 1]}),
				node('Softmax', ['x'], 'y', {axis: 3}),
			),
		).toBe('logits');
	});

	test('lie before a softmax that PyTorch writes between two moves of its axis', () => {
		const perm = [0, 3, 2, 1];
		expect(
			logitsBefore(
				node('Transpose', ['logits'], 'x', {perm}),
				node('Softmax', ['x'], 'y', {axis: 3}),
				node('Transpose', ['y'], 'z', {perm}),
			),
		).toBe('logits');
	});

	test('lie before a threshold', () => {
		expect(
			logitsBefore(
				node('Sigmoid', ['logits'], 'x'),
				node('Greater', ['x', 'half'], 'y'),
				node('Cast', ['y'], 'z', {to: 1}),
			),
		).toBe('logits');
	});

	test('lie before the only image of a batch, as in out[0].argmax(0)', () => {
		const picked = node('Gather', ['logits', 'first'], 'x', {axis: 0});
		expect(
			logitsBefore(picked, node('ArgMax', ['x'], 'y', {axis: 0, keepdims: 0})),
		).toBe('logits');
		expect(logitsBefore(picked, node('Softmax', ['x'], 'y', {axis: 0}))).toBe(
			'logits',
		);
		expect(() =>
			logitsBefore(picked, node('Softmax', ['x'], 'y', {axis: 1})),
		).toThrow(/classes along axis 2/v);
	});

	test('lie before the only map of a picture, as in out[:, 0], but not before one of many', () => {
		const picked = node('Gather', ['logits', 'first'], 'mask', {axis: 1});
		const single = buildGraph({
			inputs: {image: [1, 3, 4, 6]},
			nodes: [conv('image', 'logits', 'weight'), picked],
			constants: {
				weight: randomTensor([1, 3, 1, 1]),
				first: tensorOf('int64', [0], []),
			},
		});
		expect(findLogits(single, 'mask').name).toBe('logits');
		expect(() => logitsBefore(picked)).toThrow(/neither \[1, classes\]/v);
	});

	test('lie before the best classes and their likelihoods', () => {
		expect(
			logitsBefore(
				node('ReduceMax', ['logits'], 'x', {axes: [1], keepdims: 0}),
			),
		).toBe('logits');
		expect(
			logitsBefore(
				node('Softmax', ['logits'], 'x', {axis: 1}),
				node('TopK', ['x', 'three'], ['best', 'ids'], {axis: 1}),
			),
		).toBe('logits');
		// A maximum over rows and columns is a layer's.
		expect(
			logitsBefore(
				node('ReduceMax', ['logits'], 'x', {axes: [2, 3], keepdims: 0}),
			),
		).toBe('x');
	});

	test('lie before a list of rows and columns, with either axis first', () => {
		expect(
			logitsBefore(
				node('Reshape', ['logits', 'list'], 'x'),
				node('Transpose', ['x'], 'y', {perm: [0, 2, 1]}),
				node('Softmax', ['y'], 'z', {axis: 2}),
			),
		).toBe('logits');
		expect(
			logitsBefore(
				node('Transpose', ['logits'], 'x', {perm: [0, 2, 3, 1]}),
				node('Reshape', ['x', 'lastList'], 'y'),
				node('Softmax', ['y'], 'z', {axis: 2}),
			),
		).toBe('logits');
	});

	test('lie before likelihoods that are enlarged or written in another range, and before colours of classes', () => {
		const likely = node('Softmax', ['logits'], 'x', {axis: 1});
		expect(
			logitsBefore(
				likely,
				node('Resize', ['x', '', 'scales'], 'y', {mode: 'nearest'}),
				node('Mul', ['half', 'y'], 'z'),
				node('Cast', ['z'], 'w', {to: 2}),
			),
		).toBe('logits');
		expect(
			logitsBefore(
				node('ArgMax', ['logits'], 'x', {axis: 1, keepdims: 0}),
				node('Gather', ['colors', 'x'], 'y', {axis: 0}),
			),
		).toBe('logits');
		// An enlarged picture of logits is one of logits.
		expect(logitsBefore(node('Resize', ['logits', '', 'scales'], 'x'))).toBe(
			'x',
		);
	});

	test('are refused where classes lie along another axis, or there are none', () => {
		expect(() =>
			logitsBefore(node('Softmax', ['logits'], 'x', {axis: 3})),
		).toThrow(/classes along axis 3/v);
		expect(() =>
			logitsBefore(node('Flatten', ['logits'], 'x', {axis: 3})),
		).toThrow(/neither \[1, classes\]/v);
	});

	test('of a detector are no list of cells; the pictures that it lists are named', () => {
		const detector = buildGraph({
			inputs: {image: [1, 3, 8, 8]},
			nodes: [
				conv('image', 'fine', 'w1'),
				node('Relu', ['image'], 'active'),
				conv('active', 'coarse', 'w2'),
				node('Concat', ['fine', 'coarse'], 'both', {axis: 1}),
				node('Reshape', ['both', 'cells'], 'list'),
				node('Sigmoid', ['list'], 'output'),
			],
			constants: {
				w1: randomTensor([4, 3, 1, 1]),
				w2: randomTensor([2, 3, 1, 1]),
				cells: tensorOf('int64', [1, 6, 64]),
			},
		});
		expect(() => findLogits(detector, 'output')).toThrow(
			/choose another one with --output, as it lists the cells of fine, coarse$/v,
		);
	});
});
