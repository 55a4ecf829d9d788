import {expect, test} from 'vitest';
import {buildModel, node, randomTensor} from '../../graph/build.js';
import {answer} from '../../formats/answer.js';

test.each([
	['Conv', [2, 1, 1, 2, 2]],
	['ConvTranspose', [1, 2, 1, 2, 2]],
])(
	'a %s of three dimensions is refused by TensorFlow.js',
	async (opType, weight) => {
		const shape = [1, 1, 2, 3, 3];
		const model = buildModel({
			inputs: {image: shape},
			nodes: [node(opType, ['image', 'weight'], 'output')],
			constants: {weight: randomTensor(weight)},
		});
		const input = {shape, data: new Float32Array(18)};
		await expect(answer(model, input, 'wasm')).rejects.toThrow(
			/nothing of 3 dimensions; use --runtime onnxruntime/v,
		);
	},
);
