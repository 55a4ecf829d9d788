import {existsSync, readFileSync} from 'node:fs';
import path from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import sharp from 'sharp';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {type Desk, cursorAt, goTo, makeDesk, openOne} from './explorer.js';
import {height, width} from './scene.js';
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

/** A cell of the picture, away from the cursor. */
const pictureCell = [5, 20] as const;

const savedPoints = () =>
	// eslint-disable-next-line @typescript-eslint/no-unsafe-type-assertion -- The file is the program's own.
	JSON.parse(readFileSync(desk.points, 'utf8')) as Record<string, number[]>;

describe('in the picture', () => {
	test.each([
		['right', 1, 0],
		['left', -1, 0],
		['up', 0, -1],
		['down', 0, 1],
		['l', 1, 0],
		['h', -1, 0],
		['k', 0, -1],
		['j', 0, 1],
		['shift+right', 10, 0],
		['shift+left', -10, 0],
		['shift+up', 0, -10],
		['shift+down', 0, 10],
		['L', 10, 0],
		['H', -10, 0],
		['K', 0, -10],
		['J', 0, 10],
	])('%s moves the cursor', async (key, dx, dy) => {
		await goTo(screen, 30, 20);
		screen.press(key);
		await screen.waitFor(cursorAt(30 + dx, 20 + dy));
	});

	test.each([
		['home', 0, 20],
		['end', width - 1, 20],
		['pageup', 30, 0],
		['pagedown', 30, height - 1],
	])('%s goes to the border', async (key, x, y) => {
		await goTo(screen, 30, 20);
		screen.press(key);
		await screen.waitFor(cursorAt(x, y));
	});

	test('a held key neither lags nor skips', async () => {
		await goTo(screen, 10, 20);
		screen.send('\u001B[C'.repeat(37));
		await screen.waitFor(cursorAt(47, 20));
	});

	test('the Pixel pane says what is there', async () => {
		await goTo(screen, 10, 4);
		await screen.waitFor(/class +██ background 0/v);
		await screen.waitFor(/box +6×4 at 8,3/v);
		await screen.waitFor(/weights +0\.4000 to 1\.0000/v);
		await screen.waitFor(/mask +██ 0, 0, 0/v);
		await goTo(screen, 10, 20);
		await screen.waitFor(/class +██ aeroplane 1/v);
	});

	test('g goes to a pixel, and says where the image ends', async () => {
		await goTo(screen, 3, 39);
		screen.press('g');
		screen.type('3,40');
		screen.press('enter');
		await screen.waitFor('3,40 is outside the image. It ends at 59,39.');
		await screen.waitFor(cursorAt(3, 39));
	});

	test('+ and − zoom, 0 shows the whole image', async () => {
		await goTo(screen, 30, 20);
		screen.press('+', '+');
		await screen.waitFor(/· \d+:1 ─/v);
		const near = screen.text();
		screen.press('-');
		await screen.waitFor(() => screen.text() !== near);
		screen.press('0');
		await screen.waitFor('whole image');
	});

	test('Enter makes a patch, c moves it to Compare and back, x removes it', async () => {
		await goTo(screen, 30, 20);
		screen.press('enter');
		await screen.waitFor(/2 Patches ─+ 1 ─/v);
		await screen.waitFor('╭ 30,20');
		screen.press('c');
		await screen.waitFor(/3 Compare ─+ 1 ─/v);
		screen.press('c');
		await screen.waitFor(/2 Patches ─+ 1 ─/v);
		screen.press('x');
		await screen.waitFor(/2 Patches ─+╮/v);
	});

	test('e writes the view in the size of the image', async () => {
		screen.press('e');
		const file = path.join(desk.folder, 'one-view.png');
		await screen.waitFor(/Written: .*one-view\.png/v);
		expect(existsSync(file)).toBe(true);
		const {width: columns, height: rows} = await sharp(file).metadata();
		expect([columns >= width, rows >= height]).toEqual([true, true]);
		expect(columns / rows).toBeCloseTo(width / height);
	});
});

describe('everywhere', () => {
	test('[ and ] change the opacity of the segmentation', async () => {
		const before = await screen.fineBackground(...pictureCell);
		screen.press(']');
		await screen.waitFor(/Segmentation: \d+ %/v);
		const color = () => screen.cell(...pictureCell).background;
		await screen.waitFor(() => color() !== before);
		screen.press('[');
		await screen.waitFor(() => color() === before);
	});

	test('{ and } change the opacity of the Grad-CAM pixels', async () => {
		await goTo(screen, 30, 20);
		screen.press('{');
		await screen.waitFor(/Grad-CAM pixels: \d+ %/v);
		const weaker = screen.text();
		screen.press('}');
		await screen.waitFor(() => screen.text() !== weaker);
	});

	test('m and M choose the colour map', async () => {
		const mapLine = () => screen.lines().find((line) => line.includes('▲'));
		const before = mapLine();
		screen.press('m');
		await screen.waitFor(() => mapLine() !== before);
		screen.press('M');
		await screen.waitFor(() => mapLine() === before);
	});

	test('Tab, shift-Tab and 1…5 change the pane', async () => {
		screen.press('1');
		await screen.waitFor(/^ Picture /mv);
		for (const [key, pane] of [
			['tab', 'Patches'],
			['tab', 'Compare'],
			['tab', 'Legend'],
			['tab', 'Points'],
			['tab', 'Picture'],
			['shift+tab', 'Points'],
			['2', 'Patches'],
			['3', 'Compare'],
			['4', 'Legend'],
			['5', 'Points'],
			['1', 'Picture'],
		]) {
			screen.press(key);
			// eslint-disable-next-line no-await-in-loop -- Keys follow one another.
			await screen.waitFor(new RegExp(`^ ${pane} `, 'mv'));
		}
	});

	test('? shows all keys, Esc goes back and never quits', async () => {
		screen.press('?');
		await screen.waitFor('move the cursor by ten pixels');
		screen.press('pagedown', 'down', 'up', 'pageup');
		await screen.waitFor('move the cursor by ten pixels');
		screen.press('esc');
		await screen.waitFor('1 Pixel');
		screen.press('esc');
		await sleep(60);
		screen.press('esc');
		await goTo(screen, 31, 20);
	});

	test('a split escape sequence is never an Esc', async () => {
		screen.press('?');
		await screen.waitFor('move the cursor by ten pixels');
		screen.send('\u001B[');
		// Longer than a lone Esc is waited for; a split right behind it is tested where time can be held.
		await sleep(60);
		screen.send('B');
		// A letter that Help has no use for, so that the arrow has been read before it.
		await screen.waitFor(/─ Keys ─[^\n]*↑/v);
		screen.press('?');
		await screen.waitFor('1 Pixel');
	});

	test('i marks a point, q hides and shows the points, s saves them beside those of others', async () => {
		await goTo(screen, 12, 20);
		screen.press('i');
		await screen.waitFor(/x, y +12, 20 ◆/v);
		screen.press('q');
		await screen.waitFor('Interesting points are hidden.');
		screen.press('Q');
		await screen.waitFor('Interesting points are shown.');
		screen.press('i');
		await screen.waitFor(() => !screen.text().includes('◆'));
		screen.press('i');
		await screen.waitFor(/x, y +12, 20 ◆/v);
		screen.press('s');
		await screen.waitFor('Interesting points are saved in');
		expect(savedPoints()).toEqual({
			two: [65],
			nowhere: [1],
			one: [20 * width + 12],
		});
		screen.press('i', 'S');
		await screen.waitFor(
			() => !('one' in savedPoints()) || savedPoints().one.length === 0,
		);
	});
});

describe('in Patches and Compare', () => {
	test('arrows select a patch, which the picture then shows; e writes it; x throws it away', async () => {
		await goTo(screen, 20, 20);
		screen.press('enter');
		await goTo(screen, 40, 20);
		screen.press('enter', '2');
		await screen.waitFor(/2 Patches ─+ 2 ─/v);
		screen.press('up', 'up');
		await screen.waitFor(cursorAt(20, 20));
		screen.press('down');
		await screen.waitFor(cursorAt(40, 20));
		screen.press('e');
		await screen.waitFor(/Written: .*one-patch-40-20\.png/v);
		screen.press('c');
		await screen.waitFor(/3 Compare ─+ 1 ─/v);
		screen.press('3', 'x');
		await screen.waitFor(/2 Patches ─+ 1 ─/v);
		screen.press('2', 'up', 'x');
		await screen.waitFor(/2 Patches ─+╮/v);
	});
});

describe('in Legend', () => {
	test('arrows move a thumb or the range, both ends inclusive', async () => {
		await goTo(screen, 30, 20);
		await screen.waitFor(/3 of 4 shown/v);
		screen.press('4', 'right');
		await screen.waitFor('0.51–1.00');
		screen.press('shift+right');
		await screen.waitFor('0.61–1.00');
		await screen.waitFor(/2 of 4 shown/v);
		screen.press('left');
		await screen.waitFor('0.60–1.00');
		await screen.waitFor(/3 of 4 shown/v);
		screen.press('down', 'shift+left', 'shift+left');
		await screen.waitFor('0.60–0.80');
		await screen.waitFor(/2 of 4 shown/v);
		screen.press('down', 'shift+left');
		await screen.waitFor('0.50–0.70');
		screen.press('up', 'shift+right', 'right', 'L', 'L');
		await screen.waitFor('0.50–1.00');
		screen.press('up');
	});
});

describe('in Points', () => {
	test('Enter goes to a point, x removes it', async () => {
		await goTo(screen, 7, 9);
		screen.press('i');
		await goTo(screen, 50, 30);
		screen.press('5', 'pageup', 'enter');
		await screen.waitFor(cursorAt(7, 9));
		screen.press('5', 'x');
		await screen.waitFor(() => !screen.text().includes('◆'));
	});

	test('Enter opens a case with its segmentation and CSV, and back', async () => {
		await goTo(screen, 7, 9);
		screen.press('5', 'pageup', 'enter');
		await screen.waitFor('two.jpg');
		await screen.waitFor(/Grad-CAM 3 of 4/v);
		await screen.waitFor(/◆ 5, 1\b/v);
	});

	test('o opens files by three pickers: typing filters, Esc skips', async () => {
		screen.press('1', 'o');
		await screen.waitFor('Open an image');
		screen.press('backspace');
		await screen.waitFor(/▸? +two\//v);
		screen.type('one.j');
		await screen.waitFor(/▸ one\.jpg/v);
		screen.press('backspace', 'j', 'enter');
		await screen.waitFor(/segmentation/v);
		screen.press('esc');
		await screen.waitFor(/CSV/v);
		screen.press('esc');
		await screen.waitFor(/─ one\.jpg ─/v);
		await screen.waitFor(/class +no segmentation/v);
	});
});

describe('at the end', () => {
	test('Ctrl-C asks once while points are unsaved, Esc stays, and the terminal is given back', async () => {
		screen.press('1', 'i');
		await screen.waitFor('unsaved');
		screen.press('ctrl+q');
		await screen.waitFor('Interesting points are not saved.');
		screen.press('esc');
		await screen.waitFor(/^ Picture /mv);
		screen.press('ctrl+c');
		await screen.waitFor('Interesting points are not saved.');
		screen.press('ctrl+c');
		expect(await screen.exited).toEqual({exitCode: 0, signal: 0});
		expect(screen.isAlternate).toBe(false);
		expect(screen.modes.mouseTrackingMode).toBe('none');
		expect(screen.modes.bracketedPasteMode).toBe(false);
	});
});
