import fc from 'fast-check';
import {expect, test} from 'vitest';
import {
	attribute,
	defaultColor,
	paletteColor,
} from '../../../source/raster/cells.js';
import {createFrameParser} from '../../../source/terminal/screen/frame.js';
import {printCells} from '../../../source/terminal/screen/print.js';
import {visible} from '../emulator.js';
import {cellGrid} from './cells.js';

const parse = (frame: string, columns = 8, rows = 1) =>
	createFrameParser(columns, rows)(frame);

test('cells that are printed and parsed again are the same', () => {
	fc.assert(
		fc.property(cellGrid(12, 4), (grid) => {
			expect(visible(parse(printCells(grid), 12, 4))).toEqual(visible(grid));
		}),
	);
});

test('text without style fills cells of the default colours', () => {
	const cells = parse('abc\nd', 4, 3);
	expect(cells.glyphs.join('')).toBe('abc d       ');
	expect(new Set(cells.foreground)).toEqual(new Set([defaultColor]));
});

test.each([
	['\u001B[31mx', paletteColor(1)],
	['\u001B[95mx', paletteColor(13)],
	['\u001B[38;5;200mx', paletteColor(200)],
	['\u001B[38;2;1;2;3mx', 0x01_02_03],
	['\u001B[31m\u001B[39mx', defaultColor],
	['\u001B[31m\u001B[mx', defaultColor],
])('%j has its foreground', (frame, color) => {
	expect(parse(frame).foreground[0]).toBe(color);
});

test.each([
	['\u001B[44mx', paletteColor(4)],
	['\u001B[104mx', paletteColor(12)],
	['\u001B[48;2;1;2;3;1mx', 0x01_02_03],
	['\u001B[44;49mx', defaultColor],
])('%j has its background', (frame, color) => {
	expect(parse(frame).background[0]).toBe(color);
});

test('bold and dim end together, others alone', () => {
	const cells = parse('\u001B[1;2;7ma\u001B[22mb\u001B[27;4mc');
	expect(cells.attributes.slice(0, 3)).toEqual(
		Uint8Array.of(
			attribute.bold | attribute.dim | attribute.inverse,
			attribute.inverse,
			attribute.underline,
		),
	);
});

test('a wide character takes two cells, and a space where only one is left', () => {
	expect(parse('漢字', 5).glyphs).toEqual(['漢', '', '字', '', ' ']);
	expect(parse('漢字', 3).glyphs).toEqual(['漢', '', ' ']);
});

test('a combining mark stays with its letter, an emoji with its parts', () => {
	expect(parse('e\u0301x', 3).glyphs).toEqual(['e\u0301', 'x', ' ']);
	expect(parse('👩‍👩‍👧x', 4).glyphs).toEqual(['👩‍👩‍👧', '', 'x', ' ']);
});

test('other escape sequences and control characters leave nothing', () => {
	expect(
		parse(
			'\u001B]8;;https://example.org\u0007a\u001B]8;;\u001B\\b\u001B[2Kc\u0007\u009Bd',
			5,
		).glyphs.join(''),
	).toBe('abcd ');
});

test('only lines that changed are read again', () => {
	const parser = createFrameParser(3, 2);
	expect(parser('abc\ndef').glyphs.join('')).toBe('abcdef');
	expect(parser('abc\nxy').glyphs.join('')).toBe('abcxy ');
	expect(parser('').glyphs.join('')).toBe('      ');
});

test('printed lines have no trailing spaces and end plain', () => {
	const cells = parse('\u001B[44mab\u001B[49m c', 8, 2);
	expect(printCells(cells)).toBe('\u001B[44mab\u001B[m c\n\n');
});
