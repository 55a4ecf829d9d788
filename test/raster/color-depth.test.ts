import fc from 'fast-check';
import {expect, test} from 'vitest';
import {
	attribute,
	blankCells,
	defaultColor,
	paletteColor,
} from '../../source/raster/cells.js';
import {
	nearestXterm,
	quantize256,
	withoutColor,
	xtermColor,
} from '../../source/raster/color-depth.js';
import {halfBlocks} from '../../source/raster/half-blocks.js';
import {solidImage} from '../../source/raster/image.js';

const color = fc.nat(0xff_ff_ff);

test('a colour of the palette is nearest to itself', () => {
	for (let index = 16; index < 256; index++) {
		expect(xtermColor(nearestXterm(xtermColor(index)))).toBe(xtermColor(index));
	}
});

test('no channel is far off, and greys stay grey', () => {
	fc.assert(
		fc.property(color, (wanted) => {
			const found = xtermColor(nearestXterm(wanted));
			for (const shift of [16, 8, 0]) {
				expect(
					Math.abs(((wanted >> shift) & 255) - ((found >> shift) & 255)),
				).toBeLessThanOrEqual(95);
			}
		}),
	);
	for (let grey = 0; grey < 256; grey++) {
		const found = xtermColor(nearestXterm(grey * 0x01_01_01));
		expect(found % 0x01_01_01).toBe(0);
		expect(Math.abs((found & 255) - grey)).toBeLessThanOrEqual(10);
	}
});

test('default and palette colours are left alone', () => {
	const cells = blankCells(2, 1);
	cells.foreground.set([paletteColor(3), 0xff_00_00]);
	const reduced = quantize256(cells);
	expect([...reduced.foreground]).toEqual([paletteColor(3), paletteColor(196)]);
	expect([...reduced.background]).toEqual([defaultColor, defaultColor]);
});

test('without colour a picture is letters that grow denser with the light', () => {
	const ramp = Array.from({length: 10}, (_, step) => {
		const grey = Math.round((step * 255) / 9) * 0x01_01_01;
		return withoutColor(halfBlocks(solidImage(1, 2, grey))).glyphs[0];
	});
	expect(ramp.join('')).toBe(' .:-=+*#%@');
	const marked = withoutColor({
		...halfBlocks(solidImage(2, 2, 0)),
		plain: () => new Map([[1, '7']]),
	});
	expect(marked.glyphs).toEqual([' ', '7']);
	expect([...marked.attributes]).toEqual([0, attribute.inverse]);
	const odd = withoutColor(halfBlocks(solidImage(1, 1, 0xff_ff_ff)));
	expect(odd.glyphs).toEqual(['@']);
	expect([...odd.foreground, ...odd.background]).toEqual([
		defaultColor,
		defaultColor,
	]);
});
