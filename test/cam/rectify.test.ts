import {expect, test} from 'vitest';
import {rectify} from '../../source/cam/rectify.js';

test('a map keeps what speaks for the target, and knows its range', () => {
	const map = Float32Array.of(3, -1, 0.5, 2);
	expect(rectify(map)).toEqual({min: 0, max: 3});
	expect([...map]).toEqual([3, 0, 0.5, 2]);
	expect(rectify(Float32Array.of(2, 1, 4))).toEqual({min: 1, max: 4});
});

test('an all-zero map is zero', () => {
	const map = Float32Array.of(-3, 0, -0.5);
	expect(rectify(map)).toEqual({min: 0, max: 0});
	expect([...map]).toEqual([0, 0, 0]);
});

test('what is not a number counts as nothing', () => {
	const map = Float32Array.of(Number.NaN, 1, Number.NaN);
	expect(rectify(map)).toEqual({min: 0, max: 1});
	expect([...map]).toEqual([0, 1, 0]);
});
