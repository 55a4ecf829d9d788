import {expect, test} from 'vitest';
import {colorMap} from '../../source/raster/colormaps.js';
import {pixelColor, solidImage} from '../../source/raster/image.js';
import {
	paintHeatmap,
	paintImage,
	segmentationImage,
} from '../../source/raster/overlay.js';

test('a segmentation becomes an image of its class colours', () => {
	const image = segmentationImage({
		width: 3,
		height: 1,
		labels: Uint8Array.of(0, 255, 0),
		classes: new Map([
			[0, {id: 0, name: 'sky', color: 0x11_22_33}],
			[255, {id: 255, name: 'void', color: 0xe0_e0_c0}],
		]),
		palette: 'test',
	});
	expect([0, 1, 2].map((x) => pixelColor(image, x, 0))).toEqual([
		0x11_22_33, 0xe0_e0_c0, 0x11_22_33,
	]);
});

test.each([
	[0, 0x00_40_80],
	[0.5, 0x80_60_80],
	[1, 0xff_80_80],
])(
	'a colour laid over an image with opacity %d is mixed with it',
	(opacity, expected) => {
		const canvas = solidImage(2, 2, 0x00_40_80);
		paintImage(canvas, solidImage(2, 2, 0xff_80_80), opacity);
		expect(pixelColor(canvas, 1, 1)).toBe(expected);
	},
);

test('only pixels that have a weight are coloured', () => {
	const canvas = solidImage(2, 1, 0x12_34_56);
	paintHeatmap(canvas, Float32Array.of(Number.NaN, 1), colorMap('turbo'), 1);
	expect(pixelColor(canvas, 0, 0)).toBe(0x12_34_56);
	expect(pixelColor(canvas, 1, 0)).toBe(0x7a_04_03);
});

test('the map "alpha" grows white with the weight', () => {
	const canvas = solidImage(3, 1, 0);
	paintHeatmap(canvas, Float32Array.of(0, 0.5, 1), colorMap('alpha'), 1);
	expect([0, 1, 2].map((x) => pixelColor(canvas, x, 0))).toEqual([
		0, 0x80_80_80, 0xff_ff_ff,
	]);
});
