import {Text} from 'ink';
import {afterEach, describe, expect, test} from 'vitest';
import {halfBlocks} from '../../../source/raster/half-blocks.js';
import {solidImage} from '../../../source/raster/image.js';
import type {Region} from '../../../source/ui/regions.js';
import {createSheets} from '../../../source/ui/sheets/sheets.js';
import {StageBox} from '../../../source/ui/sheets/stage.js';

const sheets = createSheets();

afterEach(sheets.close);

const rectangle = {column: 3, row: 2, width: 8, height: 1};

/** A region of text, and how often it has been drawn. */
const textRegion = () => {
	const drawn: string[] = [];
	const of = (text: string, place = rectangle): Region => ({
		name: 'text',
		rectangle: place,
		view: {text},
		draw() {
			drawn.push(text);
			return <Text>{text}</Text>;
		},
	});
	return {drawn, of};
};

const shownText = (): string =>
	sheets
		.placements()
		.map(({cells}) => cells.glyphs.join('').trimEnd())
		.join('|');

describe('a region', () => {
	test('is drawn again when its view or its size changes, and not when it moves', () => {
		const {drawn, of} = textRegion();
		sheets.show([of('one')]);
		sheets.show([of('one')]);
		sheets.show([of('one', {...rectangle, row: 5})]);
		expect(drawn).toEqual(['one']);
		expect(sheets.placements()[0]).toMatchObject({column: 3, row: 5});
		sheets.show([of('two')]);
		sheets.show([of('two', {...rectangle, width: 9})]);
		expect(drawn).toEqual(['one', 'two', 'two']);
		expect(shownText()).toBe('two');
	});

	test('that is no longer shown is gone', () => {
		const {of} = textRegion();
		sheets.show([of('one')]);
		sheets.show([]);
		expect(sheets.placements()).toEqual([]);
	});

	test('of pixels is painted once for a view', () => {
		let count = 0;
		const picture = (shade: number): Region => ({
			name: 'picture',
			rectangle,
			view: {shade},
			paint() {
				count++;
				return halfBlocks(solidImage(8, 2, shade));
			},
			aim: () => undefined,
		});
		sheets.show([picture(1)]);
		sheets.show([picture(1)]);
		expect(count).toBe(1);
		sheets.show([picture(2)]);
		expect(sheets.placements()[0].cells.background[0]).toBe(2);
	});
});

test('the mouse points at what lies uppermost, by its own cells', () => {
	const region = (name: string, column: number): Region => ({
		name,
		rectangle: {...rectangle, column},
		view: {name},
		draw: () => (
			<StageBox
				width={8}
				height={1}
				aim={(cell) => ({kind: 'layer', name: `${name} ${cell}`})}
			/>
		),
	});
	sheets.show([region('lower', 0), region('upper', 4)]);
	const at = (column: number, row: number) =>
		sheets.aimAt(column, row)?.(column, row);
	expect(at(3, 2)).toEqual({kind: 'layer', name: 'lower 3'});
	expect(at(5, 2)).toEqual({kind: 'layer', name: 'upper 1'});
	expect(at(5, 3)).toBeUndefined();
});
