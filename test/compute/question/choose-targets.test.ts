import {describe, expect, test} from 'vitest';
import {chooseTargets} from '../../../source/compute/question/choose-targets.js';
import {findClass} from '../../../source/compute/question/find-class.js';
import type {PreparedInput} from '../../../source/compute/input/input.js';
import {solidImage} from '../../../source/raster/image.js';

const input: PreparedInput = {
	tensor: new Float32Array(0),
	size: {width: 2, height: 1},
	picture: solidImage(2, 1, 0),
	view: {x: 0, y: 0, width: 2, height: 1},
	guesses: [],
};

/** A classifier's answer to the three classes. */
const classify = (logits: readonly number[], isSigmoid: boolean) => ({
	logits: Float32Array.from(logits),
	shape: [1, logits.length],
	isSigmoid,
});

describe('classes are chosen', () => {
	test('by likelihood, with a softmax over all of them', () => {
		const answers = classify([Math.log(1), Math.log(6), Math.log(3)], false);
		const chosen = chooseTargets(answers, {top: 2, worst: true}, input, [
			'a',
			'b',
			'c',
		]);
		expect(
			chosen.map(({explained: {label}, probability, isWorst}) => [
				label,
				probability.toFixed(6),
				isWorst,
			]),
		).toEqual([
			['b', '0.600000', false],
			['c', '0.300000', false],
			['a', '0.100000', true],
		]);
	});

	test('each by itself where the network ends in a sigmoid', () => {
		const answers = classify([0, Math.log(3)], true);
		const chosen = chooseTargets(answers, {top: 2}, input, undefined);
		expect(chosen.map(({probability}) => probability.toFixed(6))).toEqual([
			'0.750000',
			'0.500000',
		]);
	});

	test('at the pixels where a segmentation sees them, each as heavy as the others', () => {
		// Two classes over two pixels: the first is seen left, the second right.
		const answers = {
			logits: Float32Array.of(2, 0, 0, 4),
			shape: [1, 2, 1, 2],
			isSigmoid: false,
		};
		const [left] = chooseTargets(answers, {class: 0}, input, undefined);
		expect(left.target.pixels).toEqual([{position: 0, weight: 1}]);
		expect(left.explained.logit).toBe(2);
		const unseen = {...answers, logits: Float32Array.of(2, 4, 0, 0)};
		const [nowhere] = chooseTargets(unseen, {class: 1}, input, undefined);
		expect(nowhere.target.pixels).toEqual([
			{position: 0, weight: 0.5},
			{position: 1, weight: 0.5},
		]);
	});

	test.each([
		['crane', /"crane" belongs to 2 classes; give the id of one: 0, 2/v],
		['heron', /no class "heron"; did you mean herons\?/v],
		['3', /Class 3 is outside the 3 classes/v],
	])('by a name that means one; %s does not', (name, message) => {
		expect(() => findClass(name, 3, ['crane', 'herons', 'crane'])).toThrow(
			message,
		);
	});
});
