import {expect, test} from 'vitest';
import {defaultColor} from '../../source/raster/cells.js';
import {halfBlocks} from '../../source/raster/half-blocks.js';
import {type Image, solidImage} from '../../source/raster/image.js';
import {paintPixel} from '../../source/raster/markers.js';

const column = (...colors: number[]): Image => {
	const image = solidImage(1, colors.length, 0);
	for (const [y, color] of colors.entries()) {
		paintPixel(image, 0, y, color);
	}

	return image;
};

test('a cell shows two pixels, the upper as foreground, the lower as background', () => {
	const cells = halfBlocks(column(0xff_00_00, 0x00_00_ff));
	expect(cells).toMatchObject({columns: 1, rows: 1, glyphs: ['▀']});
	expect([...cells.foreground, ...cells.background]).toEqual([
		0xff_00_00, 0x00_00_ff,
	]);
});

test('two equal pixels are a space, which is one byte', () => {
	const cells = halfBlocks(column(0x12_34_56, 0x12_34_56));
	expect(cells.glyphs).toEqual([' ']);
	expect(cells.background[0]).toBe(0x12_34_56);
});

test("under an odd last row the terminal's own background shows", () => {
	const cells = halfBlocks(column(1, 1, 2));
	expect(cells.glyphs).toEqual([' ', '▀']);
	expect(cells.background[1]).toBe(defaultColor);
});
