import {expect, test, vi} from 'vitest';
import {createExplainer} from '../../source/compute/explainer.js';
import {tensorOf} from '../../source/graph/tensor.js';
import {onnxruntime} from '../../source/runtimes/onnxruntime/runtime.js';
import {wasm} from '../../source/runtimes/tfjs/index.js';
import {buildGraph, node, randomTensor} from '../graph/build.js';

const size = 144;
const channels = 208;

/** A large layer, and a head of few channels that sees it through a dilated convolution and a mean. */
const graph = buildGraph({
	inputs: {image: [1, 1, size, size]},
	constants: {
		widen: randomTensor([channels, 1, 1, 1], 1),
		dilated: randomTensor([16, channels, 3, 3], 2),
		mean: randomTensor([16, channels, 1, 1], 3),
		classifier: randomTensor([3, 16, 1, 1], 4),
		sizes: tensorOf('int64', [1, 16, size, size]),
	},
	nodes: [
		node('Conv', ['image', 'widen'], 'wide'),
		node('Relu', ['wide'], 'layer'),
		node('Conv', ['layer', 'dilated'], 'near', {
			dilations: [60, 60],
			pads: [60, 60, 60, 60],
		}),
		node('GlobalAveragePool', ['layer'], 'pooled'),
		node('Conv', ['pooled', 'mean'], 'global'),
		node('Resize', ['global', '', '', 'sizes'], 'spread', {mode: 'linear'}),
		node('Add', ['near', 'spread'], 'sum'),
		node('Relu', ['sum'], 'head'),
		node('Conv', ['head', 'classifier'], 'logits'),
	],
});

/** So many pixels, among them some whose taps lead outside, that their rows are summed before they are multiplied. */
const pixels = Array.from({length: 600}, (_, index) => ({
	position: index * 31,
}));

test.each([wasm, onnxruntime])(
	'maps of units, once a question was asked often enough, say on $name what the layer says',
	async ({open}) => {
		const runtime = await open({});
		const prepare = vi.spyOn(runtime, 'prepare');
		const explainer = await createExplainer({
			graph,
			logits: 'logits',
			layers: ['layer'],
			runtime,
		});
		const image = await explainer.forward(
			new Map([
				[
					'image',
					Float32Array.from(randomTensor([1, 1, size, size], 5).data, Number),
				],
			]),
		);
		const ask = async () =>
			image.explain({
				target: {class: 0, pixels},
				layer: 'layer',
				method: 'grad-cam',
			});
		const first = await ask();
		for (let question = 1; question < 24; question++) {
			// eslint-disable-next-line no-await-in-loop -- one after the other, as a cursor asks
			await ask();
		}

		const holds = () =>
			prepare.mock.calls.filter(([{isShortLived}]) => isShortLived).length;
		const held = holds();
		expect(held).toBeGreaterThan(2);
		const last = await ask();
		expect(holds()).toBe(held);
		expect(first.max).toBeGreaterThan(0);
		for (const [at, value] of first.map.entries()) {
			expect(Math.abs(last.map[at] - value) / first.max).toBeLessThan(1e-5);
		}

		await image.dispose();
		await explainer.dispose();
		await runtime.dispose();
	},
);
