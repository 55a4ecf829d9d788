import {expect, test} from 'vitest';
import {ellipsize, layOutFigure} from '../../source/raster/figure-layout.js';
import {solidImage} from '../../source/raster/image.js';

const measure = (text: string) => [...text].length * 10;
const panel = (title: string, width = 100) => ({
	picture: solidImage(width, 80, 0),
	title,
	detail: '',
});

test('pictures of a row stand side by side, rows below each other, each with its bar', () => {
	const {pictures, bars, width, height} = layOutFigure(
		[
			{heading: 'a', panels: [panel('1'), panel('2')]},
			{heading: 'b', panels: [panel('3'), panel('4')]},
		],
		['hot', 'cold'],
		measure,
	);
	const [first, second, third] = pictures;
	expect(second.y).toBe(first.y);
	expect(second.x).toBeGreaterThan(first.x + 100);
	expect(third.x).toBe(first.x);
	expect(third.y).toBeGreaterThan(first.y + 80);
	expect(bars.map(({y}) => y)).toEqual([first.y, third.y]);
	for (const {x, y} of pictures) {
		expect(x + 100).toBeLessThan(bars[0].x);
		expect(y + 80).toBeLessThan(height);
	}

	expect(bars[0].x + bars[0].width).toBeLessThan(width);
});

test('a caption that is wider than its picture ends in an ellipsis', () => {
	const {texts} = layOutFigure(
		[{heading: '', panels: [panel('a very long name')]}],
		['hot', 'cold'],
		measure,
	);
	expect(texts.map(({text}) => text)).toContain('a very lo…');
	expect(ellipsize('short', 50, measure)).toBe('short');
});
