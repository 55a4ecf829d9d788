import {afterEach, describe, expect, test} from 'vitest';
import {
	networkFailed,
	progressed,
	reported,
} from '../../source/explorer/events.js';
import {subject} from '../explorer/scene.js';
import {openScreen} from './screen.js';

let close: (() => void) | undefined;

const open = async (...settings: Parameters<typeof openScreen>) => {
	const screen = await openScreen(...settings);
	close = screen.close;
	return screen;
};

afterEach(() => {
	close?.();
	close = undefined;
});

const right = '\u001B[C';
const escape = '\u001B[27u';

describe('the screen', () => {
	test.each([
		[60, 20],
		[80, 24],
		[100, 40],
		[120, 40],
		[200, 60],
	])('of %i×%i is full and no larger', async (columns, rows) => {
		const screen = await open({screen: {columns, rows}});
		const lines = screen.lines();
		expect(Math.max(...lines.map(({length}) => length))).toBe(columns);
		expect(lines.at(-1)).toContain('Picture');
		for (const title of ['Pixel', 'Patches', 'Compare', 'Legend', 'Points']) {
			expect(screen.text()).toContain(title);
		}

		for (const {column, row, cells} of screen.placements()) {
			expect(column + cells.columns).toBeLessThanOrEqual(columns);
			expect(row + cells.rows).toBeLessThanOrEqual(rows);
		}
	});

	test('says that it is too small', async () => {
		const screen = await open({screen: {columns: 59, rows: 20}});
		expect(screen.text().replaceAll(/\s+/gv, ' ')).toContain(
			'needs 60×20 cells',
		);
		expect(screen.pictures()).toEqual([]);
		await screen.send('\u0003');
		expect(screen.effects).toEqual([{type: 'quit'}]);
	});

	test('keeps its state when it is resized', async () => {
		const screen = await open();
		await screen.send(right, '\r', '+');
		const before = screen.session.getState();
		await screen.resize(40, 10);
		await screen.resize(160, 50);
		const after = screen.session.getState();
		expect(after.cursor).toEqual(before.cursor);
		expect(after.patches).toEqual(before.patches);
		expect(after.zoom).toEqual(before.zoom);
		expect(screen.lines().at(-1)).toContain('Picture');
	});
});

describe('the Pixel pane', () => {
	test('tells all about the pixel under the cursor', async () => {
		const {text} = await open({cursor: {x: 10, y: 12}});
		for (const row of [
			/x, y +10, 12/v,
			/class +██ sky 0/v,
			/Grad-CAM 3 of 4 shown/v,
			/box +6×4 at 8,11/v,
			/weights +0\.2500 to 1\.0000/v,
			/mask +██ 128, 192, 255/v,
			/image +██ \d+, \d+, \d+/v,
		]) {
			expect(text()).toMatch(row);
		}
	});
});

describe('keys', () => {
	test('that come in one piece are all obeyed, in one frame', async () => {
		const screen = await open({cursor: {x: 0, y: 0}});
		const before = screen.frameCount();
		await screen.send(...Array.from({length: 25}, () => right));
		expect(screen.session.getState().cursor).toEqual({x: 25, y: 0});
		expect(screen.text()).toMatch(/x, y +25, 0/v);
		expect(screen.frameCount() - before).toBeLessThanOrEqual(2);
	});

	test('open and close the help', async () => {
		const screen = await open();
		await screen.send('?');
		expect(screen.text()).toContain('In the picture');
		await screen.send(escape);
		expect(screen.text()).not.toContain('In the picture');
	});

	test('ask for a pixel in the status bar', async () => {
		const screen = await open();
		await screen.send('g', '7', ',', '8');
		expect(screen.lines().at(-1)).toContain('Go to x,y: 7,8');
		await screen.send('\r');
		expect(screen.text()).toMatch(/x, y +7, 8/v);
	});

	test('stand below the reason why there is no heatmap, all of which is told', async () => {
		const {heatmaps, ...imageOnly} = subject;
		expect(heatmaps).toBeDefined();
		const screen = await open({subject: imageOnly, hasNetwork: true});
		const why = `The model ${'x'.repeat(100)} is cut short; get a fresh copy`;
		screen.session.update((state) => networkFailed(state, why));
		await screen.send(right);
		const bar = screen.lines().slice(-4).join(' ').replaceAll(/\s+/gv, '');
		expect(bar).toContain(why.replaceAll(' ', ''));
		expect(screen.lines().at(-1)).toContain('? help');
	});

	test('with Alt mean nothing', async () => {
		const screen = await open();
		await screen.send('\u001Bx', '\u001Bq');
		expect(screen.session.getState().message).toBeUndefined();
	});
});

describe('patches', () => {
	test('are framed with their pixel, and hold a picture', async () => {
		const screen = await open({cursor: {x: 10, y: 12}});
		const before = screen.pictures().length;
		await screen.send('\r');
		expect(screen.text()).toContain('╭ 10,12 ');
		expect(screen.text()).toContain('██ sky 1');
		expect(screen.pictures()).toHaveLength(before + 1);
	});

	test('are compared below the picture', async () => {
		const screen = await open({cursor: {x: 10, y: 12}});
		await screen.send('c', right, 'c');
		expect(screen.text()).toContain('╭ 10,12 sky ');
		expect(screen.text()).toContain('╭ 11,12 sky ');
	});
});

describe('the mouse', () => {
	test('points at the pixel that is drawn there', async () => {
		const screen = await open({screen: {columns: 200, rows: 60}});
		const [picture] = screen.pictures();
		await screen.mouse({
			action: 'move',
			column: picture.column,
			row: picture.row,
		});
		expect(screen.session.getState().cursor).toEqual({x: 0, y: 0});
		await screen.mouse({
			action: 'move',
			column: picture.column + picture.cells.columns - 1,
			row: picture.row + picture.cells.rows - 1,
		});
		const {cursor, subject} = screen.session.getState();
		expect(cursor.x).toBe(subject.image.width - 1);
		expect(cursor.y).toBeGreaterThanOrEqual(subject.image.height - 2);
	});

	test('drags a thumb, and goes on beside the legend', async () => {
		const screen = await open();
		const bar = screen
			.pictures()
			.find(({cells, column}) => cells.rows === 1 && column > 60)!;
		const at = (weight: number) => ({
			column: bar.column + Math.round(weight * (bar.cells.columns - 1)),
			row: bar.row,
		});
		await screen.mouse({action: 'press', button: 'left', ...at(0.5)});
		await screen.mouse({action: 'drag', button: 'left', ...at(0.2)});
		expect(screen.session.getState().thumbs.lower).toBeCloseTo(0.2, 1);
		await screen.mouse({action: 'release', button: 'left', ...at(0.2)});
		expect(screen.session.getState().focus).toBe('legend');
	});

	test('scrolls the heatmap where it has a colour, else the segmentation', async () => {
		const screen = await open({
			screen: {columns: 200, rows: 60},
			cursor: {x: 10, y: 12},
		});
		const [picture] = screen.pictures();
		const scale = picture.cells.columns / 40;
		const over = (x: number, y: number) => ({
			action: 'wheel' as const,
			direction: -1 as const,
			column: picture.column + Math.floor((x + 0.5) * scale),
			row: picture.row + Math.floor(((y + 0.5) * scale) / 2),
		});
		// The cursor's Grad-CAM pixel at the lower right corner of its box weighs 1.
		await screen.mouse(over(13, 14));
		expect(screen.session.getState()).toMatchObject({
			heatmapOpacity: 0.9,
			segmentationOpacity: 0.4,
		});
		await screen.mouse(over(30, 25));
		expect(screen.session.getState()).toMatchObject({
			heatmapOpacity: 0.9,
			segmentationOpacity: 0.45,
		});
	});

	test('gives the keys to the pane that is clicked', async () => {
		const screen = await open();
		const row = screen.lines().findIndex((line) => line.includes('5 Points'));
		await screen.mouse({action: 'press', button: 'left', column: 90, row});
		expect(screen.session.getState().focus).toBe('points');
	});
});

test('names from files are shown without what steers a terminal', async () => {
	const screen = await open();
	screen.session.update((state) =>
		reported(state, {
			text: '"\u001B[2Jevil\u0007.csv" cannot be read',
			tone: 'error',
		}),
	);
	await screen.settle();
	expect(screen.lines().at(-1)).toContain('"evil.csv" cannot be read');
});

test.each([
	[7680, '2 h left'],
	[200, '3 min left'],
	[40, '40 s left'],
])('the status bar says that %i seconds are left', async (left, words) => {
	const screen = await open({screen: {columns: 80, rows: 24}});
	screen.session.update((state) =>
		progressed(state, {label: 'Score-CAM', done: 0.004, left}),
	);
	await screen.settle();
	expect(screen.lines().at(-1)).toMatch(/Score-CAM ━+ +0 % · /v);
	expect(screen.lines().at(-1)?.trimEnd()).toMatch(
		new RegExp(`${words}$`, 'v'),
	);
	screen.session.update((state) =>
		progressed(state, {label: 'Score-CAM', done: 0.9, left: 2}),
	);
	await screen.settle();
	expect(screen.lines().at(-1)?.trimEnd()).toMatch(/90 %$/v);
});
