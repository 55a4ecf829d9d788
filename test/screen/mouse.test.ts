import {setTimeout as sleep} from 'node:timers/promises';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {type Desk, makeDesk, openOne} from './explorer.js';
import {type Screen} from './screen.js';

let desk: Desk;
let screen: Screen;

beforeAll(async () => {
	desk = await makeDesk();
	screen = await openOne(desk);
});

afterAll(async () => {
	await screen.close();
	desk.remove();
});

/** A cell of the picture. */
const column = 20;
const row = 20;

/** Where the Pixel pane says the cursor is. */
const cursor = (): string =>
	/x, y +(?<point>\d+, \d+)/v.exec(screen.text())?.groups?.point ?? '';

const hoverAt = async (x: number, y: number): Promise<string> => {
	const before = cursor();
	screen.mouse('move', x, y);
	await screen.waitFor(() => cursor() !== before);
	return cursor();
};

/** The row that a text is in, and the column where it starts. */
const find = (text: string): [column: number, row: number] => {
	const y = screen.lines().findIndex((line) => line.includes(text));
	return [screen.lines()[y].indexOf(text), y];
};

test('the cursor follows the mouse, cell by cell', async () => {
	const here = await hoverAt(column, row);
	const there = await hoverAt(column + 10, row);
	const [[x0, y0], [x1, y1]] = [here, there].map((point) =>
		point.split(', ').map(Number),
	);
	expect(y1).toBe(y0);
	// A cell is a little less than a pixel of this image.
	expect(x1 - x0).toBeGreaterThanOrEqual(8);
	expect(x1 - x0).toBeLessThanOrEqual(10);
});

test('a flood of moves ends where the mouse ended', async () => {
	const there = cursor();
	await hoverAt(column, row);
	for (let x = column; x <= column + 10; x++) {
		screen.mouse('move', x, row);
	}

	await screen.waitFor(() => cursor() === there);
});

test('a click makes a patch, a double click compares it', async () => {
	screen.click(column, row);
	await screen.waitFor(/2 Patches ─+ 1 ─/v);
	// Longer than the second click of a double one is waited for.
	await sleep(500);
	screen.doubleClick(column, row);
	await screen.waitFor(/3 Compare ─+ 1 ─/v);
});

test('ctrl-click marks a point, ctrl-alt-click removes mark and patch', async () => {
	await hoverAt(column + 20, row);
	screen.click(column + 20, row, {ctrl: true});
	await screen.waitFor(/x, y +\d+, \d+ ◆/v);
	screen.click(column + 20, row, {ctrl: true, alt: true});
	await screen.waitFor(() => !screen.text().includes('◆'));
});

test('scrolling changes the opacity of what is under the mouse, with shift in small steps', async () => {
	const percent = (): number =>
		Number(
			/Segmentation: (?<percent>\d+) %/v.exec(screen.text())?.groups?.percent,
		);
	await hoverAt(column, row + 3);
	screen.mouse('wheelup', column + 30, row + 3);
	await screen.waitFor(/Segmentation: \d+ %/v);
	const first = percent();
	screen.mouse('wheeldown', column + 30, row + 3);
	await screen.waitFor(() => percent() === first - 5);
	screen.mouse('wheelup', column + 30, row + 3, {shift: true});
	await screen.waitFor(() => percent() === first - 4);
});

test('the thumbs of the legend are dragged', async () => {
	await screen.waitFor('0.50–1.00');
	const [x, y] = find('▲');
	screen.mouse('press', x, y);
	screen.mouse('drag', x + 2, y);
	screen.mouse('drag', x + 5, y);
	screen.mouse('release', x + 5, y);
	await screen.waitFor(/0\.6\d–1\.00|0\.7\d–1\.00/v);
	await screen.waitFor(() => find('▲')[0] === x + 5);
});

test('a click in the title of a pane goes there', async () => {
	const [x, y] = find('5 Points');
	screen.click(x, y);
	await screen.waitFor(/^ Points /mv);
	screen.press('1');
	await screen.waitFor(/^ Picture /mv);
});
