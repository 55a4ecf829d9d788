import {expect, test} from 'vitest';
import {placePoints} from '../../../../source/compute/precompute/points/place-points.js';

test('a cell becomes the image pixel at its centre', () => {
	const {indices, pointOf} = placePoints(
		{width: 8, height: 4},
		{x: 0, y: 0, width: 8, height: 4},
		{width: 2, height: 2},
	);
	expect([...indices]).toEqual([10, 14, 26, 30]);
	expect([...pointOf]).toEqual([0, 1, 2, 3]);
});

test('cells on the borders that were added to the image become nothing', () => {
	const {indices, pointOf} = placePoints(
		{width: 4, height: 2},
		{x: 0, y: -1, width: 4, height: 4},
		{width: 2, height: 4},
	);
	expect([...indices]).toEqual([1, 3, 5, 7]);
	expect([...pointOf]).toEqual([-1, -1, 0, 1, 2, 3, -1, -1]);
});

test('cells finer than the image share its pixels', () => {
	const {indices, pointOf} = placePoints(
		{width: 2, height: 1},
		{x: 0, y: 0, width: 2, height: 1},
		{width: 4, height: 1},
	);
	expect([...indices]).toEqual([0, 1]);
	expect([...pointOf]).toEqual([0, 0, 1, 1]);
});
