import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {arrange, isTooSmall} from '../../../source/explorer/layout/layout.js';
import {visiblePanes} from '../../../source/explorer/panes.js';
import {windowAround} from '../../../source/explorer/views/window.js';
import {viewHelp} from '../../../source/explorer/views/help.js';
import {makeState, press} from '../scene.js';

describe('the screen', () => {
	test('is filled to the last cell, at every size and with every focus', () => {
		fc.assert(
			fc.property(
				fc.integer({min: 60, max: 250}),
				fc.integer({min: 20, max: 80}),
				fc.constantFrom('1', '2', '3', '4', '5'),
				fc.integer({min: 0, max: 5}),
				(columns, rows, focus, patches) => {
					const made = Array.from({length: patches}, () => ['right', 'return']);
					const state = press(
						makeState({screen: {columns, rows}}),
						...made.flat(),
						focus,
					);
					const {picture, compare, sidebar} = arrange(state);
					expect(picture.width + sidebar.width).toBe(columns);
					expect(picture.height + (compare?.height ?? 0)).toBe(rows - 1);
					const heights = sidebar.panes.map(({height}) => height);
					expect(heights.reduce((sum, height) => sum + height, 0)).toBe(
						rows - 1,
					);
					const focused = sidebar.panes.find(({name}) => name === state.focus);
					expect(focused?.isOpen ?? compare !== undefined).toBe(true);
				},
			),
		);
	});

	test('shows every pane or its title', () => {
		const {sidebar} = arrange(makeState({screen: {columns: 80, rows: 24}}));
		expect(sidebar.panes.map(({name}) => name)).toEqual(
			visiblePanes(makeState()),
		);
	});

	test('keeps Compare in view where it is high enough, and there is something to compare', () => {
		const large = makeState({screen: {columns: 200, rows: 60}});
		expect(arrange(large).compare).toBeUndefined();
		expect(arrange(press(large, 'c')).compare).toBeDefined();
		const small = makeState({screen: {columns: 80, rows: 24}});
		expect(arrange(press(small, 'c')).compare).toBeUndefined();
		expect(arrange(press(small, 'c', '3')).compare).toBeDefined();
	});

	test('may be too small', () => {
		const at = (columns: number, rows: number) =>
			isTooSmall(makeState({screen: {columns, rows}}));
		expect([at(60, 20), at(59, 20), at(60, 19)]).toEqual([false, true, true]);
	});
});

describe('a list that is too long', () => {
	const items = Array.from({length: 20}, (_, index) => index);

	test('keeps the selected item in the middle, as far as the ends allow', () => {
		expect(windowAround(items, 10, 5)).toEqual({
			items: [8, 9, 10, 11, 12],
			above: 8,
			below: 7,
		});
		expect(windowAround(items, 0, 3).items).toEqual([0, 1, 2]);
		expect(windowAround(items, 19, 3).items).toEqual([17, 18, 19]);
	});

	test('always shows the selected item, however high it is', () => {
		expect(windowAround(items, 7, 2, () => 3).items).toEqual([7]);
		expect(windowAround([], 0, 2)).toEqual({items: [], above: 0, below: 0});
	});
});

describe('the help', () => {
	test('shows all keys at once where there is room', () => {
		const {columns, above, below} = viewHelp('pixel', 0, {
			width: 196,
			height: 57,
		});
		expect(columns.length).toBeLessThanOrEqual(3);
		expect([above, below]).toEqual([0, 0]);
		for (const lines of columns) {
			expect(lines[0].kind).toBe('heading');
		}
	});

	test('begins with the keys of the pane that has them', () => {
		const titles = viewHelp('classes', 0, {width: 196, height: 57})
			.columns.flat()
			.flatMap((line) => (line.kind === 'heading' ? [line.text] : []));
		expect(titles.slice(0, 2)).toEqual(['In Classes', 'In the picture']);
		expect(new Set(titles).size).toBe(titles.length);
	});

	test('scrolls to its end and no further where there is none', () => {
		const all = viewHelp('pixel', 0, {width: 76, height: 21});
		expect(all.above).toBe(0);
		expect(all.below).toBeGreaterThan(0);
		const end = viewHelp('pixel', 1000, {width: 76, height: 21});
		expect(end.below).toBe(0);
		expect(end.columns.flat().at(-1)).toMatchObject({kind: 'binding'});
	});
});
