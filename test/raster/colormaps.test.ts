import colorScale from 'colormap/colorScale.js';
import {expect, test} from 'vitest';
import {
	colorMap,
	colorMapNames,
	weightColor,
} from '../../source/raster/colormaps.js';

test('every map of the colormap package, turbo and viridis are there, each once', () => {
	expect(new Set(colorMapNames).size).toBe(colorMapNames.length);
	expect(colorMapNames.toSorted()).toEqual(
		[...new Set([...Object.keys(colorScale), 'turbo', 'viridis'])].toSorted(),
	);
});

test.each(colorMapNames)('%s has 256 colours', (name) => {
	expect(colorMap(name)).toHaveLength(256 * 4);
});

test('only the map "alpha" is not opaque', () => {
	const transparent = colorMapNames.filter((name) =>
		colorMap(name).some((byte, offset) => offset % 4 === 3 && byte < 255),
	);
	expect(transparent).toEqual(['alpha']);
});

test("turbo and viridis are matplotlib's to the last digit", () => {
	expect(weightColor(colorMap('turbo'), 0)).toBe(0x30_12_3b);
	expect(weightColor(colorMap('turbo'), 128 / 255)).toBe(0xa4_fc_3c);
	expect(weightColor(colorMap('turbo'), 1)).toBe(0x7a_04_03);
	expect(weightColor(colorMap('viridis'), 0)).toBe(0x44_01_54);
	expect(weightColor(colorMap('viridis'), 128 / 255)).toBe(0x21_91_8c);
	expect(weightColor(colorMap('viridis'), 1)).toBe(0xfd_e7_25);
});

test('weights past 0 and 1 have the colours of the ends', () => {
	const jet = colorMap('jet');
	expect(weightColor(jet, -1)).toBe(weightColor(jet, 0));
	expect(weightColor(jet, 2)).toBe(weightColor(jet, 1));
});

test('a misspelt name is told, with those there are', () => {
	expect(() => colorMap('virdis')).toThrow(/"virdis".*viridis/v);
	expect(() => colorMap('toString')).toThrow(/toString/v);
});
