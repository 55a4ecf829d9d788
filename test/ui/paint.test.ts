import {describe, expect, test} from 'vitest';
import type {Painting} from '../../source/explorer/views/painting.js';
import {pixelColor, solidImage} from '../../source/raster/image.js';
import {createResults} from '../../source/explorer/heatmaps/results.js';
import {viewPicture} from '../../source/explorer/views/picture.js';
import {marks} from '../../source/ui/theme.js';
import {paintPicture} from '../../source/ui/paint/picture.js';
import {paint, paintFullSize} from '../../source/ui/paint/painting.js';
import {paintBox, paintCursor} from '../../source/ui/paint/marks.js';
import {plainMarks, plainWeights} from '../../source/ui/paint/plain.js';
import {
	heatmapAt,
	height,
	makeState,
	press,
	subject,
	width,
} from '../explorer/scene.js';

const painting: Painting = {
	image: subject.image,
	segmentation: subject.segmentation,
	isCoarse: false,
	view: {x: 0, y: 0, width, height},
	segmentationOpacity: 0,
	heatmap: heatmapAt({x: 10, y: 10}),
	heatmapOpacity: 1,
	thumbs: {lower: 0.5, upper: 1},
	colormap: 'greys',
};

describe('a painting', () => {
	test('is the image where nothing lies over it', () => {
		const canvas = paintFullSize(painting);
		expect(canvas.width).toBe(width);
		expect(pixelColor(canvas, 30, 20)).toBe(pixelColor(subject.image, 30, 20));
	});

	test('shows Grad-CAM pixels whose weight lies between the thumbs', () => {
		const canvas = paintFullSize(painting);
		expect(pixelColor(canvas, 13, 12)).toBe(0xff_ff_ff);
		expect(pixelColor(canvas, 8, 9)).toBe(pixelColor(subject.image, 8, 9));
	});

	test('shows the segmentation as strongly as it is asked for', () => {
		const canvas = paintFullSize({...painting, segmentationOpacity: 1});
		expect(pixelColor(canvas, 30, 20)).toBe(0x40_40_40);
		expect(pixelColor(canvas, 0, 0)).toBe(0x80_c0_ff);
	});

	test('is drawn anew each time, though its ground is kept', () => {
		const size = {width: 80, height: 60};
		const first = paint(painting, size);
		first.data.fill(0);
		expect(paint(painting, size).data.some((byte) => byte > 0)).toBe(true);
	});

	test('of a part of the image has a pixel for each image pixel in sight', () => {
		const canvas = paintFullSize({
			...painting,
			view: {x: 2.4, y: 3.6, width: 10, height: 5},
		});
		expect([canvas.width, canvas.height]).toEqual([11, 6]);
	});
});

describe('marks', () => {
	test('leave what they mark visible', () => {
		const canvas = solidImage(20, 20, 0x80_80_80);
		const box = {left: 5, top: 5, right: 12, bottom: 10};
		paintBox(canvas, box);
		paintCursor(canvas, {left: 8, top: 8, right: 8, bottom: 8});
		expect(pixelColor(canvas, 8, 8)).toBe(0x80_80_80);
		expect(pixelColor(canvas, 6, 6)).toBe(0x80_80_80);
		expect(pixelColor(canvas, 4, 4)).toBe(0xff_ff_ff);
		expect(pixelColor(canvas, 8, 7)).toBe(0xff_ff_ff);
	});

	test('show on light and on dark', () => {
		for (const ground of [0xff_ff_ff, 0]) {
			const canvas = solidImage(9, 9, ground);
			paintCursor(canvas, {left: 4, top: 4, right: 4, bottom: 4});
			const shown = ground === 0 ? [3, 4] : [3, 3];
			expect(pixelColor(canvas, shown[0], shown[1])).toBe(0xff_ff_ff - ground);
		}
	});

	test('of a point under the cursor goes around the cursor', () => {
		const state = press(makeState({cursor: {x: 20, y: 15}}), 'i');
		const picture = viewPicture(state, createResults());
		const canvas = paintPicture(picture, {width, height});
		const yellow = marks.interesting;
		expect(pixelColor(canvas, 20, 13)).toBe(yellow);
		expect(pixelColor(canvas, 22, 15)).toBe(yellow);
		expect(pixelColor(canvas, 20, 14)).not.toBe(yellow);
	});

	test('may lie outside the canvas', () => {
		const canvas = solidImage(4, 4, 0);
		paintBox(canvas, {left: -9, top: -9, right: 50, bottom: 50});
		paintCursor(canvas, {left: -1, top: 9, right: -1, bottom: 9});
		expect(canvas.data.every((byte) => byte === 0)).toBe(true);
	});
});

describe('without colour', () => {
	test('weights are digits, and a cell shows the greater of its two', () => {
		const weights = Float32Array.of(
			0.04,
			0.35,
			Number.NaN,
			1,
			0.62,
			Number.NaN,
		);
		expect([...plainWeights(weights, {width: 3})]).toEqual([
			[0, '9'],
			[1, '6'],
		]);
		expect(plainWeights(undefined, {width: 3}).size).toBe(0);
	});

	test('brackets enclose the cursor, corners the box, and points are diamonds', () => {
		const state = press(makeState({cursor: {x: 20, y: 15}}), 'i', 'right');
		const picture = {
			...viewPicture(state, createResults()),
			box: {left: 4, top: 4, right: 9, bottom: 7},
			area: {left: 30, top: 0, right: 45, bottom: 5},
		};
		const glyphs = plainMarks(picture, {width, height});
		const cell = (x: number, y: number): number =>
			Math.floor(y / 2) * width + x;
		expect(Object.fromEntries(glyphs)).toEqual({
			[cell(20, 15)]: '[',
			[cell(22, 15)]: ']',
			[cell(3, 3)]: '┌',
			[cell(10, 3)]: '┐',
			[cell(3, 8)]: '└',
			[cell(10, 8)]: '┘',
			[cell(29, 6)]: '┗',
		});
		const beside = press(state, 'right');
		expect(
			plainMarks(viewPicture(beside, createResults()), {width, height}).get(
				cell(20, 15),
			),
		).toBe('◆');
	});
});
