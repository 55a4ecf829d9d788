import {expect, test} from 'vitest';
import {findMethod} from '../../source/cam/find-method.js';
import {cutBatches, targetsAtOnce} from '../../source/compute/target-batch.js';

test.each([
	['layercam', 2],
	['grad-cam++', 2],
	['smoothgrad-cam++', 2],
	['saliency', 8],
	['guided-grad-cam', 8],
	['grad-cam', Number.POSITIVE_INFINITY],
	['hirescam', Number.POSITIVE_INFINITY],
	['score-cam', Number.POSITIVE_INFINITY],
])(
	'targets that %s explains together have gradients of 128 MB',
	(name, most) => {
		const sizes = {layer: 2 ** 24, input: 2 ** 22};
		expect(targetsAtOnce(findMethod(name)!, sizes)).toBe(most);
	},
);

test('a target whose gradient is larger is explained alone', () => {
	const sizes = {layer: 2 ** 27, input: 3};
	expect(targetsAtOnce(findMethod('layercam')!, sizes)).toBe(1);
});

test('batches keep the order and lose nothing', () => {
	expect(cutBatches([1, 2, 3, 4, 5], 2)).toEqual([[1, 2], [3, 4], [5]]);
	expect(cutBatches([1, 2], Number.POSITIVE_INFINITY)).toEqual([[1, 2]]);
});
