import {expect, test} from 'vitest';
import {bindStep} from '../../../source/autodiff/walk/bind-step.js';
import {findPath} from '../../../source/autodiff/path.js';
import {seedAdjoint} from '../../../source/autodiff/seed.js';
import {walkSteps} from '../../../source/autodiff/walk/steps.js';
import type {Kernels} from '../../../source/ops/rules/kernels.js';
import {buildGraph, node} from '../../graph/build.js';

const unused = async () => {
	throw new Error('Nothing here is heavy');
};

const kernels: Kernels = {
	product: unused,
	hold: unused,
	run: unused,
	network: unused,
};

const graph = buildGraph({
	inputs: {image: [1, 2, 2, 2]},
	nodes: [
		node('Relu', ['image'], 'first'),
		node('Relu', ['first'], 'second'),
		node('Relu', ['second'], 'third'),
		node('Relu', ['third'], 'logits'),
	],
});

test('adjoints that have been passed on are dropped, but for those of layers', async () => {
	const values = new Map(
		['image', 'first', 'second', 'third', 'logits'].map((name) => [
			name,
			new Float32Array(8).fill(1),
		]),
	);
	const layers = ['image', 'second'];
	const walked = await walkSteps(
		findPath(graph, 'logits', layers).map((step) =>
			bindStep(graph, step, {values, kernels}),
		),
		'logits',
		seedAdjoint([1, 2, 2, 2], [{class: 1, pixels: [{position: 3}]}]),
		{layers},
	);
	const kept = [...walked!.adjoints.keys()];
	expect(kept).toEqual(expect.arrayContaining(layers));
	expect(kept).not.toContain('logits');
	expect(kept).not.toContain('third');
});
