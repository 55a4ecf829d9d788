import {expect, test} from 'vitest';
import {tensorOf} from '../../source/graph/tensor.js';
import {withBatch} from '../../source/ops/with-batch.js';
import {buildGraph, node} from '../graph/build.js';

/** As windows of an attention are: they lie along the axis of the batch. */
const windows = buildGraph({
	inputs: {image: [1, 4, 2]},
	nodes: [
		node('Reshape', ['image', 'windows'], 'parts'),
		node('Softmax', ['parts'], 'mixed'),
		node('Reshape', ['mixed', 'whole'], 'logits'),
	],
	constants: {
		windows: tensorOf('int64', [2, 2, 2]),
		whole: tensorOf('int64', [1, 8]),
	},
});

test('a network that fixes its batch takes one input at a time', () => {
	expect(withBatch(windows, 2)).toBeUndefined();
	expect(withBatch(windows, 1)).toBe(windows);
});
