import {expect, test} from 'vitest';
import {buildGraph, node, randomTensor} from '../../graph/build.js';

test('a ConvTranspose padded to be as large as its strides make it adds nothing beyond what its kernel reaches', () => {
	const widthOf = (kernel: number) =>
		buildGraph({
			inputs: {image: [1, 1, 1, 4]},
			nodes: [
				node('ConvTranspose', ['image', 'weight'], 'output', {
					strides: [1, 3],
					auto_pad: 'SAME_UPPER',
				}),
			],
			constants: {weight: randomTensor([1, 1, 1, kernel])},
		}).values.get('output')!.shape[3];
	expect(widthOf(4)).toBe(12);
	expect(widthOf(2)).toBe(11);
});
