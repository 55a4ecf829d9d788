import {describe, expect, test} from 'vitest';
import {UsageError} from '../../../source/errors.js';
import {
	parsePoint,
	parseSize,
} from '../../../source/subcommands/explore/options.js';

describe('--size', () => {
	test('is columns and rows', () => {
		expect(parseSize('120x40')).toEqual({columns: 120, rows: 40});
		expect(parseSize('80×24')).toEqual({columns: 80, rows: 24});
	});

	test.each(['', '80', '80x', '0x24', '80x0', '80x24x3', '-1x5', '2000x24'])(
		'is not "%s"',
		(text) => {
			expect(() => parseSize(text)).toThrow(UsageError);
			expect(() => parseSize(text)).toThrow(`"${text}"`);
		},
	);
});

describe('--at', () => {
	const image = {width: 40, height: 30};

	test('is a pixel of the image', () => {
		expect(parsePoint('0,0', image)).toEqual({x: 0, y: 0});
		expect(parsePoint('39,29', image)).toEqual({x: 39, y: 29});
	});

	test.each([
		['', 'not a pixel'],
		['5', 'not a pixel'],
		['a,b', 'not a pixel'],
		['-1,3', 'not a pixel'],
		['40,3', 'outside the image'],
		['3,30', 'outside the image'],
	])('is not "%s": %s', (text, reason) => {
		expect(() => parsePoint(text, image)).toThrow(UsageError);
		expect(() => parsePoint(text, image)).toThrow(reason);
	});
});
