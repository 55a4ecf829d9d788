import {writeFileSync} from 'node:fs';
import path from 'node:path';
import {expect, test} from 'vitest';
import {openModel} from '../../../source/compute/model/load-model.js';
import {encodeOnnx} from '../../../source/formats/onnx/index.js';
import {buildGraph, node, randomTensor} from '../../graph/build.js';
import {temporaryFolder} from '../../temporary-folder.js';

test('an input that the chosen output does not depend on need not be fed', async () => {
	const file = path.join(temporaryFolder(), 'model.onnx');
	writeFileSync(
		file,
		encodeOnnx(
			buildGraph({
				inputs: {size: [1, 2], image: [1, 3, 8, 8]},
				outputs: ['scores', 'boxes'],
				nodes: [
					node('Conv', ['image', 'weight'], 'features'),
					node('Relu', ['features'], 'active'),
					node('Conv', ['active', 'head'], 'scores'),
					node('ReduceMean', ['scores'], 'mean', {axes: [2, 3], keepdims: 0}),
					node('Mul', ['mean', 'size'], 'boxes'),
				],
				constants: {
					weight: randomTensor([4, 3, 1, 1]),
					head: randomTensor([2, 4, 1, 1]),
				},
			}),
		),
	);
	const model = await openModel(file, {output: 'scores'});
	expect(model.network({height: 8, width: 8})).toMatchObject({
		logits: {name: 'scores'},
		defaultLayer: 'active',
		graph: {inputs: [{name: 'image'}]},
	});
	await expect(openModel(file, {output: 'boxes'})).rejects.toThrow(
		/has 2 inputs \(size, image\)/v,
	);
});
