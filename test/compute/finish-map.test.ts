import {describe, expect, test} from 'vitest';
import type {ExplainedMap} from '../../source/compute/explain.js';
import {finishMap} from '../../source/compute/finish-map.js';
import {solidImage} from '../../source/raster/image.js';

/** A map of two cells over an input of 2 × 4 pixels (height x width). */
const explained = (map: readonly number[]): ExplainedMap => ({
	layer: 'layer',
	method: 'grad-cam',
	target: {class: 0, label: null, x: null, y: null, logit: 1},
	probability: 1,
	isWorst: false,
	map: Float32Array.from(map),
	width: 2,
	height: 1,
	min: Math.min(...map),
	max: Math.max(...map),
	ms: 0,
	input: {
		tensor: new Float32Array(0),
		size: {width: 4, height: 2},
		picture: solidImage(4, 2, 0),
		view: {x: 0, y: 0, width: 4, height: 2},
		guesses: [],
	},
});

describe('a map is finished', () => {
	test('as it is, where nothing is asked for', () => {
		const map = explained([1, 3]);
		expect(finishMap(map, {})).toBe(map);
	});

	test('by its maximum, or from least to greatest', () => {
		expect(finishMap(explained([1, 4]), {normalize: 'max'})).toMatchObject({
			map: Float32Array.of(0.25, 1),
			min: 0.25,
			max: 1,
		});
		expect(finishMap(explained([1, 4]), {normalize: 'min-max'})).toMatchObject({
			map: Float32Array.of(0, 1),
			min: 0,
			max: 1,
		});
	});

	test('at the size of the input, cell by cell or blended between centers', () => {
		expect(finishMap(explained([0, 4]), {resize: 'nearest'})).toMatchObject({
			map: Float32Array.of(0, 0, 4, 4, 0, 0, 4, 4),
			width: 4,
			height: 2,
		});
		expect(finishMap(explained([0, 4]), {resize: 'bilinear'}).map).toEqual(
			Float32Array.of(0, 1, 3, 4, 0, 1, 3, 4),
		);
	});

	test('and normalised only then, so that its greatest number is 1', () => {
		const {map, max} = finishMap(explained([2, 2]), {
			resize: 'bilinear',
			normalize: 'max',
		});
		expect(map).toEqual(new Float32Array(8).fill(1));
		expect(max).toBe(1);
	});

	test('to zeros where it has no contrast', () => {
		expect(finishMap(explained([0, 0]), {normalize: 'max'}).map).toEqual(
			Float32Array.of(0, 0),
		);
		expect(finishMap(explained([2, 2]), {normalize: 'min-max'}).map).toEqual(
			Float32Array.of(0, 0),
		);
	});
});
