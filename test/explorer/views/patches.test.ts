import {describe, expect, test} from 'vitest';
import {
	viewCompare,
	viewPatches,
} from '../../../source/explorer/views/patches.js';
import {makeState, press, resultsFor} from '../scene.js';

const state = makeState({cursor: {x: 10, y: 10}});

const places = (from: typeof state) =>
	from.patches.map(({request, place}) => [request.x, request.y, place]);

describe('a patch', () => {
	test('is made of the pixel under the cursor, once', () => {
		const twice = press(state, 'return', 'return');
		expect(places(twice)).toEqual([[10, 10, 'patches']]);
		expect(twice.message?.text).toMatch(/already/v);
	});

	test('moves to Compare and back by c, and is made where there is none', () => {
		expect(places(press(state, 'c'))).toEqual([[10, 10, 'compare']]);
		expect(places(press(state, 'c', 'c'))).toEqual([[10, 10, 'patches']]);
	});

	test('is thrown away by x', () => {
		expect(places(press(state, 'return', 'x'))).toEqual([]);
		expect(press(state, 'x').message?.text).toMatch(/Neither/v);
	});

	test('is shown in the picture when it is selected', () => {
		const three = press(state, 'return', 'L', 'return', 'J', 'return', '2');
		expect(three.selectedPatch.patches).toBe('a:20,20');
		const selected = press(three, 'up', 'up');
		expect(selected.cursor).toEqual({x: 10, y: 10});
		expect(press(selected, 'right').cursor).toEqual({x: 20, y: 10});
		expect(press(selected, 'return').focus).toBe('pixel');
	});

	test('comes back to the cursor by the first key after a walk', () => {
		const away = press(state, 'return', 'right', 'right', '2');
		expect(press(away, 'down').cursor).toEqual({x: 10, y: 10});
	});

	test('leaves the place to its neighbour when it is thrown away in the list', () => {
		const two = press(state, 'return', 'right', 'return', '2', 'x');
		expect(places(two)).toEqual([[10, 10, 'patches']]);
		expect(two.cursor).toEqual({x: 10, y: 10});
	});
});

describe('the Patches pane', () => {
	const made = press(
		makeState({cursor: {x: 30, y: 10}}),
		'return',
		'H',
		'H',
		'return',
		'right',
		'return',
		'i',
	);
	const results = resultsFor({x: 30, y: 10}, {x: 10, y: 10});
	const size = {width: 44, height: 30};

	test('groups patches by class, in the order they were made', () => {
		const {window, count} = viewPatches(made, results, size);
		expect(count).toBe(3);
		expect(
			window.items.map((row) =>
				row.kind === 'heading'
					? `${row.segmentationClass?.name} ${row.count}`
					: row.patches.map(({point}) => point.x),
			),
		).toEqual(['road 1', [30], 'sky 2', [10, 11]]);
	});

	test('crops the image under the box of the Grad-CAM pixels', () => {
		const {window} = viewPatches(made, results, size);
		const [, row] = window.items;
		const patch = row.kind === 'slots' ? row.patches[0] : undefined;
		expect(patch?.painting?.view).toEqual({x: 28, y: 9, width: 6, height: 4});
	});

	test('tells which one is selected, interesting, or waiting', () => {
		const {window} = viewPatches(made, results, size);
		const patches = window.items.flatMap((row) =>
			row.kind === 'slots' ? row.patches : [],
		);
		expect(patches.map(({isSelected}) => isSelected)).toEqual([
			false,
			false,
			true,
		]);
		expect(patches.map(({isMarked}) => isMarked)).toEqual([false, false, true]);
		expect(patches.map(({explanation}) => explanation.status)).toEqual([
			'ready',
			'ready',
			'waiting',
		]);
	});

	test('shows larger patches where there is room, and scrolls where there is none', () => {
		const large = viewPatches(made, results, size);
		const small = viewPatches(made, results, {width: 44, height: 12});
		expect(large.slot.width).toBeGreaterThan(small.slot.width);
		expect(small.window.above + small.window.below).toBeGreaterThan(0);
	});

	test('never shows more than it has room for', () => {
		for (let height = 10; height < 40; height++) {
			const {window, slot} = viewPatches(made, results, {width: 30, height});
			const rows = window.items.map(({kind}) =>
				kind === 'heading' ? 1 : slot.height,
			);
			expect(rows.reduce((sum, row) => sum + row, 0)).toBeLessThanOrEqual(
				Math.max(height - 2, slot.height),
			);
		}
	});
});

test('the Compare pane shows patches side by side', () => {
	const made = press(state, 'c', 'right', 'c', 'right', 'c');
	const wide = viewCompare(made, resultsFor(), {width: 100, height: 14});
	expect(wide.window.items.map(({point}) => point.x)).toEqual([10, 11, 12]);
	expect(wide.slot.width * 3).toBeLessThanOrEqual(98);
	const narrow = viewCompare(made, resultsFor(), {width: 40, height: 14});
	expect(narrow.window.items.map(({point}) => point.x)).toEqual([11, 12]);
	expect(narrow.window.above).toBe(1);
});
