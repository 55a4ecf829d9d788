import path from 'node:path';
import {expect, onTestFinished, test} from 'vitest';
import {loadModel} from '../../../source/compute/load-model.js';
import {takesDirections} from '../../../source/compute/precompute/takes-directions.js';
import {noClass} from '../../../source/compute/precompute/plan.js';
import {
	askNetwork,
	type Wish,
} from '../../../source/compute/precompute/question.js';

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
});

test('every method that is linear in the gradient has directions', async () => {
	await expect(isSummed('unet', {method: 'xgrad-cam'})).resolves.toBe(true);
	await expect(isSummed('unet', {method: 'hirescam'})).resolves.toBe(true);
});

test('a method that is not walks', async () => {
	await expect(isSummed('unet', {method: 'layercam'})).resolves.toBe(false);
});
