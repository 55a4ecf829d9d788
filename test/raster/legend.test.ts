import {expect, test} from 'vitest';
import {colorMap} from '../../source/raster/colormaps.js';
import {pixelColor} from '../../source/raster/image.js';
import {
	legendBar,
	legendColumn,
	legendWeight,
} from '../../source/raster/legend.js';

test('the bar runs from weight 0 to weight 1', () => {
	const bar = legendBar(
		colorMap('greys'),
		{width: 256, height: 2},
		{lower: 0, upper: 1},
	);
	expect([0, 128, 255].map((x) => pixelColor(bar, x, 1))).toEqual([
		0, 0x80_80_80, 0xff_ff_ff,
	]);
});

test('weights outside the thumbs are dark, the thumbs themselves are not', () => {
	const bar = legendBar(
		colorMap('spring'),
		{width: 11, height: 1},
		{lower: 0.3, upper: 0.7},
	);
	const isBright = (x: number) => pixelColor(bar, x, 0) >> 16 === 255;
	expect(Array.from({length: 11}, (_, x) => isBright(x))).toEqual(
		Array.from({length: 11}, (_, x) => x >= 3 && x <= 7),
	);
});

test('a weight and its column belong together', () => {
	for (let x = 0; x < 40; x++) {
		expect(legendColumn(legendWeight(x, 40), 40)).toBe(x);
	}

	expect(legendWeight(-3, 40)).toBe(0);
	expect(legendWeight(99, 40)).toBe(1);
	expect(legendWeight(0, 1)).toBe(0);
});
