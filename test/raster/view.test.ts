import fc from 'fast-check';
import {expect, test} from 'vitest';
import {projectBox, toGrid, unproject} from '../../source/raster/view.js';

const canvas = {width: 40, height: 30};

test('a box of image pixels covers the canvas pixels whose centres lie in it', () => {
	const view = {x: 10, y: 10, width: 10, height: 10};
	expect(
		projectBox(view, canvas, {left: 11, top: 11, right: 12, bottom: 11}),
	).toEqual({left: 4, top: 3, right: 11, bottom: 5});
});

test('a box too small for any centre keeps one canvas pixel', () => {
	const view = {x: 0, y: 0, width: 4000, height: 3000};
	expect(
		projectBox(view, canvas, {left: 7, top: 8, right: 7, bottom: 8}),
	).toEqual({left: 0, top: 0, right: 0, bottom: 0});
});

test('every image pixel in view that has a canvas pixel is found again from there when the image is enlarged', () => {
	fc.assert(
		fc.property(
			fc.record({
				x: fc.integer({min: -5, max: 50}),
				y: fc.integer({min: -5, max: 50}),
				width: fc.integer({min: 1, max: 40}),
				height: fc.integer({min: 1, max: 30}),
			}),
			fc.nat(39),
			fc.nat(29),
			(view, x, y) => {
				const pixel = unproject(view, canvas, x, y);
				const box = projectBox(view, canvas, {
					left: pixel.x,
					top: pixel.y,
					right: pixel.x,
					bottom: pixel.y,
				});
				expect(box.left).toBeLessThanOrEqual(x);
				expect(box.right).toBeGreaterThanOrEqual(x);
				expect(box.top).toBeLessThanOrEqual(y);
				expect(box.bottom).toBeGreaterThanOrEqual(y);
			},
		),
	);
});

test('a pixel falls on the cell of a grid that covers it, and on none outside the view', () => {
	const grid = {width: 10, height: 10};
	const view = {x: 25, y: 0, width: 50, height: 50};
	expect(toGrid({x: 25, y: 0}, view, grid)).toEqual({x: 0, y: 0});
	expect(toGrid({x: 74, y: 49}, view, grid)).toEqual({x: 9, y: 9});
	expect(toGrid({x: 24, y: 0}, view, grid)).toBeUndefined();
	expect(toGrid({x: 75, y: 0}, view, grid)).toBeUndefined();
});
