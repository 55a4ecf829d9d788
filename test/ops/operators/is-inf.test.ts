import {expect, test} from 'vitest';
import {tensorOf} from '../../../source/graph/tensor.js';
import {IsInf} from '../../../source/ops/operators/is-inf.js';
import {networkOf} from './operator-case.js';

/** What IsInf says of −∞, a number and ∞. */
const answers = (attributes: Readonly<Record<string, number>>) => {
	const {view} = networkOf({
		opType: 'IsInf',
		seed: 1,
		attributes,
		inputs: [{shape: [3]}],
	});
	const numbers = tensorOf('float32', [-Infinity, 1, Infinity]);
	return [...IsInf.evaluate!(view, [numbers])[0].data].map(Number);
};

test('IsInf finds infinities of either sign, or of one', () => {
	expect(answers({})).toEqual([1, 0, 1]);
	expect(answers({detect_negative: 0})).toEqual([0, 0, 1]);
	expect(answers({detect_positive: 0})).toEqual([1, 0, 0]);
});
