import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {scales, viewport} from '../../../source/explorer/layout/viewport.js';
import {createStore} from '../../../source/explorer/store.js';
import {height, makeState, press, width} from '../scene.js';

const at = (x: number, y: number) => makeState({cursor: {x, y}});

describe('the cursor', () => {
	test('begins in the middle', () => {
		expect(makeState().cursor).toEqual({x: 20, y: 15});
	});

	test.each([
		['left', 9, 10],
		['h', 9, 10],
		['right', 11, 10],
		['l', 11, 10],
		['up', 10, 9],
		['k', 10, 9],
		['down', 10, 11],
		['j', 10, 11],
		['shift+left', 0, 10],
		['H', 0, 10],
		['shift+right', 20, 10],
		['L', 20, 10],
		['shift+up', 10, 0],
		['K', 10, 0],
		['shift+down', 10, 20],
		['J', 10, 20],
		['home', 0, 10],
		['end', width - 1, 10],
		['pageup', 10, 0],
		['pagedown', 10, height - 1],
	])('goes by %s to %i, %i', (key, x, y) => {
		expect(press(at(10, 10), key).cursor).toEqual({x, y});
	});

	test('stops at the borders', () => {
		expect(press(at(0, 0), 'left', 'up').cursor).toEqual({x: 0, y: 0});
		expect(press(at(39, 29), 'L', 'J').cursor).toEqual({x: 39, y: 29});
	});

	test('goes to a typed pixel', () => {
		expect(press(at(0, 0), ...'g12,7', 'return').cursor).toEqual({x: 12, y: 7});
		expect(press(at(0, 0), ...'g3', 'space', '4', 'return').cursor).toEqual({
			x: 3,
			y: 4,
		});
		expect(
			press(at(0, 0), ...'g19', 'backspace', ...',2', 'return').cursor,
		).toEqual({x: 1, y: 2});
	});

	test.each([
		['g40,7', /outside the image.*39,29/v],
		['g12', /not a pixel/v],
	])('stays where %s leads nowhere', (keys, reason) => {
		const state = press(at(5, 5), ...keys, 'return');
		expect(state.cursor).toEqual({x: 5, y: 5});
		expect(state.message?.text).toMatch(reason);
		expect(state.message?.tone).toBe('error');
	});
});

describe('the view', () => {
	test('shows the whole image at first', () => {
		const {view} = viewport(makeState());
		expect(view).toEqual({x: 0, y: 0, width, height});
	});

	test('goes down to single pixels, and back', () => {
		const near = press(makeState(), ...'+++++++++++++');
		expect(viewport(near).scale).toBe(Math.max(...scales));
		const far = press(near, ...'-------------');
		expect(far.zoom).toBe('fit');
		expect(press(near, '0').zoom).toBe('fit');
	});

	test('shows whole pixels where they are larger than dots', () => {
		const state = press(makeState(), ...'+++++');
		const {view} = viewport(state);
		expect(Number.isInteger(view.x) && Number.isInteger(view.width)).toBe(true);
		expect(Number.isInteger(view.y) && Number.isInteger(view.height)).toBe(
			true,
		);
	});

	test('leaves the cursor where it is on the screen while it zooms', () => {
		const store = createStore(at(20, 15), () => undefined);
		const place = () => {
			const {view, scale} = viewport(store.getState());
			return (20.5 - view.x) * scale;
		};

		store.update((state) => press(state, '+', '+', '+'));
		const before = place();
		store.update((state) => press(state, '+'));
		expect(Math.abs(place() - before)).toBeLessThan(16);
	});

	test('always holds the cursor, wherever it goes', () => {
		const keys = fc.constantFrom(
			'left',
			'right',
			'up',
			'down',
			'H',
			'L',
			'K',
			'J',
			'+',
			'-',
			'0',
			'home',
			'end',
			'pageup',
			'pagedown',
			'2',
			'3',
			'1',
		);
		fc.assert(
			fc.property(
				fc.array(keys, {maxLength: 60}),
				fc.integer({min: 60, max: 220}),
				fc.integer({min: 20, max: 70}),
				(pressed, columns, rows) => {
					const store = createStore(
						makeState({screen: {columns, rows}}),
						() => undefined,
					);
					for (const key of pressed) {
						store.update((state) => press(state, key));
						const {cursor} = store.getState();
						const {view} = viewport(store.getState());
						expect(cursor.x).toBeGreaterThanOrEqual(Math.floor(view.x));
						expect(cursor.y).toBeGreaterThanOrEqual(Math.floor(view.y));
						expect(cursor.x).toBeLessThan(view.x + view.width);
						expect(cursor.y).toBeLessThan(view.y + view.height);
						expect(view.x + view.width).toBeLessThanOrEqual(width + 1e-9);
						expect(view.y + view.height).toBeLessThanOrEqual(height + 1e-9);
					}
				},
			),
			{numRuns: 60},
		);
	});
});
