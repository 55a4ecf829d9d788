import {expect, test} from 'vitest';
import {tensorOf} from '../../../source/graph/tensor.js';
import {buildGraph, buildModel, node} from '../../graph/build.js';
import {answer, runtimeNames} from '../../formats/answer.js';

test.each(runtimeNames)(
	'a Resize whose scale does not come out even may be cut on both sides alike, on %s',
	async (runtime) => {
		const model = buildModel({
			opset: 19,
			inputs: {image: [1, 1, 1, 4]},
			nodes: [
				node('Resize', ['image', '', 'scales'], 'output', {
					mode: 'linear',
					coordinate_transformation_mode: 'half_pixel_symmetric',
				}),
			],
			constants: {scales: tensorOf('float32', [1, 1, 1, 0.6])},
		});
		const input = {shape: [1, 1, 1, 4], data: Float32Array.of(1, 2, 3, 4)};
		const data = await answer(model, input, runtime);
		// ONNX's own test: test_resize_downsample_scales_linear_half_pixel_symmetric.
		expect(data[0]).toBeCloseTo(5 / 3, 5);
		expect(data[1]).toBeCloseTo(10 / 3, 5);
	},
);

test('a scale just below a whole number of elements reaches it, as in runtimes', async () => {
	// What tf2onnx writes to make 56 columns of 12.
	const scale = Math.fround(56 / 12);
	const graph = buildGraph({
		inputs: {image: [1, 1, 1, 12]},
		nodes: [
			node('Resize', ['image', '', 'scales'], 'output', {mode: 'linear'}),
		],
		constants: {scales: tensorOf('float32', [1, 1, 1, scale])},
	});
	expect(graph.values.get('output')!.shape).toEqual([1, 1, 1, 56]);
});
