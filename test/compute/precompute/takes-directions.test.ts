import path from 'node:path';
import {expect, onTestFinished, test} from 'vitest';
import {loadModel} from '../../../source/compute/model/load-model.js';
import {findSeedGrid} from '../../../source/compute/precompute/seeds/seed-grid.js';
import {takesDirections} from '../../../source/compute/precompute/takes-directions.js';
import {noClass} from '../../../source/compute/precompute/plan.js';
import {
	askNetwork,
	type Wish,
} from '../../../source/compute/precompute/question.js';
import {buildGraph, node, randomTensor} from '../../graph/build.js';

const reference = path.resolve(
	import.meta.dirname,
	'../../../fixtures/reference',
);

/** Whether some pixels of a network's output are summed along a method's directions. */
const isSummed = async (
	network: 'unet' | 'aspp',
	wish: Wish = {},
	{share = 1, scale = 1} = {},
): Promise<boolean> => {
	const model = await loadModel(path.join(reference, network, 'model.onnx'), {
		runtime: 'onnxruntime',
		threads: 1,
	});
	onTestFinished(model.dispose);
	const size = {width: 64, height: 48};
	const question = askNetwork(model, size, wish);
	const {graph, layer, method} = question;
	const seeds = {
		...question.seeds,
		width: scale * question.seeds.width,
		height: scale * question.seeds.height,
	};
	const pixels = seeds.width * seeds.height;
	const classes = new Uint16Array(pixels).fill(noClass);
	classes.fill(0, 0, Math.ceil(share * pixels));
	return takesDirections({graph, layer: layer.name, method, seeds, classes});
};

/** Whether pixels are summed along directions where they are mixed from logits that are made of this value: of each cell by itself, or across all of a row. */
const isSummedBefore = (value: 'layer' | 'across'): boolean => {
	const graph = buildGraph({
		inputs: {image: [1, 4, 2, 4]},
		nodes: [
			node('Relu', ['image'], 'layer'),
			node('MatMul', ['layer', 'columns'], 'across'),
			node('Conv', [value, 'weights'], 'low'),
			node('Resize', ['low', '', 'scales'], 'logits', {mode: 'linear'}),
		],
		constants: {
			columns: randomTensor([4, 4]),
			weights: randomTensor([3, 4, 1, 1]),
			scales: {
				type: 'float32',
				shape: [4],
				data: Float32Array.of(1, 1, 4, 4),
			},
		},
	});
	return takesDirections({
		graph,
		layer: 'layer',
		method: 'grad-cam',
		seeds: findSeedGrid(graph, 'logits', true),
		classes: new Uint16Array(8 * 16),
	});
};

test('a decoder that writes every pixel is sent one change after the other', async () => {
	await expect(isSummed('unet')).resolves.toBe(true);
});

test('a few pixels of a large output are walked from', async () => {
	const large = {scale: 32};
	await expect(isSummed('unet', {}, large)).resolves.toBe(true);
	await expect(isSummed('unet', {}, {...large, share: 0.001})).resolves.toBe(
		false,
	);
});

test('where directions and pixels are few, a few pixels are no exception', async () => {
	await expect(isSummed('unet', {}, {share: 0.001})).resolves.toBe(true);
});

test('pixels that are mixed of fewer are walked from', async () => {
	await expect(isSummed('aspp')).resolves.toBe(false);
	expect(isSummedBefore('layer')).toBe(false);
});

test('pixels that are mixed of fewer are not walked from where each walk goes through all of the network', () => {
	expect(isSummedBefore('across')).toBe(true);
});

test('every method that is linear in the gradient has directions', async () => {
	await expect(isSummed('unet', {method: 'xgrad-cam'})).resolves.toBe(true);
	await expect(isSummed('unet', {method: 'hirescam'})).resolves.toBe(true);
});

test('a method that is not walks', async () => {
	await expect(isSummed('unet', {method: 'layercam'})).resolves.toBe(false);
});
