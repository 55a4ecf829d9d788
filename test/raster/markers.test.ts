import {expect, test} from 'vitest';
import {pixelColor, solidImage} from '../../source/raster/image.js';
import {paintFrame, paintRing} from '../../source/raster/markers.js';

const white = 0xff_ff_ff;

const draw = (paint: (canvas: ReturnType<typeof solidImage>) => void) => {
	const canvas = solidImage(7, 5, 0x80_80_80);
	paint(canvas);
	return Array.from({length: 5}, (_, y) =>
		Array.from({length: 7}, (_, x) => {
			const color = pixelColor(canvas, x, y);
			return color === white ? '#' : color === 0 ? 'o' : '.';
		}).join(''),
	);
};

test('a frame goes around what it holds', () => {
	expect(
		draw((canvas) => {
			paintFrame(canvas, {left: 2, top: 2, right: 4, bottom: 2}, white);
		}),
	).toEqual(['.......', '.#####.', '.#...#.', '.#####.', '.......']);
});

test('a ring is a frame without corners', () => {
	expect(
		draw((canvas) => {
			paintRing(canvas, {left: 2, top: 2, right: 2, bottom: 2}, white);
		}),
	).toEqual(['.......', '..#....', '.#.#...', '..#....', '.......']);
});

test('what lies outside the canvas is not painted', () => {
	expect(
		draw((canvas) => {
			paintFrame(canvas, {left: -9, top: -9, right: 1e6, bottom: 1}, white);
			paintRing(canvas, {left: 90, top: 90, right: 90, bottom: 90}, white);
		}),
	).toEqual(['.......', '.......', '#######', '.......', '.......']);
});
