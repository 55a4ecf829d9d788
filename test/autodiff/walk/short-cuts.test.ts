import {expect, test, vi} from 'vitest';
import {seedAdjoint} from '../../../source/autodiff/seed.js';
import {planWalk} from '../../../source/autodiff/walk/walk.js';
import type {
	Kernels,
	MatrixProduct,
} from '../../../source/ops/rules/kernels.js';
import {buildGraph, node, randomTensor} from '../../graph/build.js';

const channels = 1536;

/** A layer that a pool reads, which has no short cut, before a convolution so large that its rows are announced before they are computed. */
const graph = buildGraph({
	inputs: {layer: [1, channels, 32, 32]},
	constants: {weights: randomTensor([channels, channels, 1, 1], 1)},
	nodes: [
		node('MaxPool', ['layer'], 'pooled', {
			kernel_shape: [2, 2],
			strides: [2, 2],
		}),
		node('Conv', ['pooled', 'weights'], 'logits', {strides: [2, 2]}),
	],
});

const unused = async () => {
	throw new Error('Only matrices are multiplied here');
};

test('rows are computed once where an operator has no short cut', async () => {
	const multiply = vi.fn<MatrixProduct>(
		(_, m, into = new Float32Array(m * channels)) => into.fill(1),
	);
	const kernels: Kernels = {
		product: async () => multiply,
		hold: unused,
		run: unused,
		network: unused,
	};
	const plan = planWalk(graph, 'logits', ['layer']);
	const values = new Map([
		['layer', new Float32Array(channels * 1024).fill(1)],
	]);
	const dot = vi.fn(async () => new Float32Array(4 * 1024).fill(2));
	const dots = await plan.bind(values, kernels).dotted(
		seedAdjoint(
			[1, channels, 8, 8],
			[0, 1, 2, 3].map((id) => ({class: id, pixels: [{position: 18}]})),
		),
		new Map([['layer', {byPosition: unused, dot, dotEven: unused}]]),
	);
	expect(dots.get('layer')).toEqual(new Float32Array(4 * 1024).fill(2));
	expect(dot).toHaveBeenCalledOnce();
	expect(multiply).toHaveBeenCalledOnce();
});
