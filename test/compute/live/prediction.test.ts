import {expect, test} from 'vitest';
import {readPrediction} from '../../../source/compute/live/prediction.js';
import type {PreparedInput} from '../../../source/compute/input/input.js';

/** A network that sees the left three quarters of a picture of 4 × 1 pixels. */
const input: PreparedInput = {
	tensor: new Float32Array(9),
	size: {width: 3, height: 1},
	picture: {width: 4, height: 1, data: new Uint8Array(12)},
	view: {x: 0, y: 0, width: 3, height: 1},
	guesses: [],
};

const labelsOf = (classes: number, ...logits: number[]): number[] => [
	...readPrediction(
		{shape: [1, classes, 1, 3], data: Float32Array.from(logits)},
		input,
	).labels!,
];

test('a pixel is of the class with the greatest logit, or not seen', () => {
	expect(labelsOf(2, 1, 0, -3, 0, 5, -2)).toEqual([0, 1, 1, 2]);
});

test('a single class is told from its absence', () => {
	expect(labelsOf(1, 4, -1, 0.1)).toEqual([0, 1, 0, 2]);
});

test('a classifier says nothing of pixels', () => {
	expect(
		readPrediction({shape: [1, 2], data: Float32Array.of(1, 2)}, input),
	).not.toHaveProperty('labels');
});
