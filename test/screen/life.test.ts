import {readdirSync} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {
	type Desk,
	cli,
	cursorAt,
	exploreOne,
	goTo,
	makeDesk,
	openOne,
} from './explorer.js';
import {type Screen, openScreen} from './screen.js';

let desk: Desk;

beforeAll(async () => {
	desk = await makeDesk();
});

afterAll(() => {
	desk.remove();
});

/** What a terminal must be after the program, however it ended. */
const expectGivenBack = (screen: Screen): void => {
	expect(screen.isAlternate).toBe(false);
	expect(screen.modes.mouseTrackingMode).toBe('none');
	expect(screen.modes.bracketedPasteMode).toBe(false);
	expect(screen.modes.wraparoundMode).toBe(true);
};

describe('the size of the screen', () => {
	test('changes without loss of what was done, and below 60×20 it is said', async () => {
		const screen = await openOne(desk);
		await goTo(screen, 12, 20);
		screen.press('enter');
		await screen.waitFor(/2 Patches ─+ 1 ─/v);
		screen.resize(80, 24);
		await screen.waitFor(() => screen.lines()[0].length === 80);
		await screen.waitFor(cursorAt(12, 20));
		screen.resize(40, 12);
		await screen.waitFor(/needs 60×20 cells;/v);
		screen.resize(60, 20);
		await screen.waitFor(/^╭─ one\.jpg/v);
		screen.resize(200, 60);
		await screen.waitFor(() => screen.lines()[0].length === 200);
		await screen.waitFor(cursorAt(12, 20));
		await screen.waitFor(/2 Patches ─+ 1 ─/v);
		screen.press('ctrl+c');
		expect(await screen.exited).toEqual({exitCode: 0, signal: 0});
		expectGivenBack(screen);
	});
});

describe('without colour', () => {
	test('NO_COLOR has pictures of letters and no colour anywhere', async () => {
		const screen = await openOne(desk, {env: {NO_COLOR: '1'}});
		const colors = new Set(
			Array.from({length: 100 * 40}, (_, index) => {
				const cell = screen.cell(index % 100, Math.floor(index / 100));
				return `${cell.foreground} ${cell.background}`;
			}),
		);
		expect([...colors]).toEqual(['default default']);
		expect(screen.lines()[20].slice(1, 30)).toMatch(/^[ .:\-=+*#%@]+$/v);
		expect(screen.lines()[20].slice(1, 30)).not.toMatch(/^ +$/v);
		const inverse = Array.from({length: 100 * 38}, (_, index) =>
			screen.cell(index % 100, Math.floor(index / 100)),
		).filter(({isInverse}) => isInverse);
		const glyphs = inverse.map(({glyph}) => glyph).join('');
		expect(glyphs).toMatch(/\[/v);
		expect(glyphs).toMatch(/\d/v);
		await screen.close();
	});

	test('TERM=dumb gets one frame of plain text', async () => {
		const screen = openScreen({
			command: exploreOne(desk, '--at', '12,20'),
			columns: 100,
			rows: 50,
			cwd: desk.folder,
			env: {...desk.env, TERM: 'dumb', COLORTERM: undefined},
		});
		expect(await screen.exited).toEqual({exitCode: 0, signal: 0});
		expect(screen.text()).toMatch(cursorAt(12, 20));
		// The prompt's line is left free, so that nothing scrolls away.
		expect(screen.lines()[0]).toContain('one.jpg');
		expect(screen.cell(5, 15).background).toBe('default');
		await screen.close();
	});

	test('--graphics 256 keeps to the palette', async () => {
		const screen = await openOne(desk, {
			command: exploreOne(desk, '--graphics', '256'),
		});
		expect(screen.cell(5, 20).background).toMatch(/^palette/v);
		await screen.close();
	});
});

describe('the terminal is given back', () => {
	test.each([
		['SIGTERM', 15],
		['SIGHUP', 1],
		['SIGINT', 2],
	] as const)('after %s', async (name, signal) => {
		const screen = await openOne(desk);
		screen.kill(name);
		expect(await screen.exited).toMatchObject({signal});
		expectGivenBack(screen);
	});

	test('after an error that nobody caught', async () => {
		const screen = await openOne(desk, {
			command: exploreOne(desk),
			env: {
				NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(
					'process.once("SIGUSR2",()=>{throw new Error("boom")})',
				)}`,
			},
		});
		screen.kill('SIGUSR2');
		expect(await screen.exited).not.toMatchObject({exitCode: 0});
		await screen.waitFor('boom');
		expectGivenBack(screen);
	});

	test('while it is suspended, and taken again after that', async () => {
		const screen = openScreen({
			command: ['bash', '--norc', '--noprofile', '-i'],
			columns: 100,
			rows: 40,
			cwd: desk.folder,
			env: {...desk.env, PS1: 'shell> '},
		});
		await screen.waitFor('shell>');
		const words = exploreOne(desk).map((word) => `'${word}'`);
		screen.send(`${words.join(' ')}\r`);
		await screen.waitFor(/Grad-CAM 3 of 4 shown/v);
		screen.press('right');
		await screen.waitFor(cursorAt(31, 20));
		screen.send('\u001A');
		await screen.waitFor('Stopped');
		// The shell has its own use of bracketed paste.
		expect(screen.isAlternate).toBe(false);
		expect(screen.modes.mouseTrackingMode).toBe('none');
		screen.send('echo $((6 * 7))\r');
		await screen.waitFor('42');
		screen.send('fg\r');
		await screen.waitFor(cursorAt(31, 20));
		expect(screen.isAlternate).toBe(true);
		screen.press('right');
		await screen.waitFor(cursorAt(32, 20));
		screen.press('ctrl+q');
		await screen.waitFor(/shell> \s*$/v);
		expect(screen.isAlternate).toBe(false);
		await screen.close();
	});
});

describe('a dropped link', () => {
	test('keeps unsaved points, which the next start offers', async () => {
		const cut = await openOne(desk);
		await goTo(cut, 12, 20);
		cut.press('i');
		await cut.waitFor('unsaved');
		cut.hangUp();
		await cut.exited;
		const state = path.join(desk.folder, 'state', 'gradcam-tui');
		expect(readdirSync(state)).toHaveLength(1);

		// So narrow that the question leaves no room for its keys in the same line.
		const next = await openOne(desk, {columns: 80});
		await next.waitFor('take over');
		await next.waitFor('An earlier session was cut with points unsaved.');
		next.press('enter');
		await next.waitFor('The points are back.');
		await goTo(next, 12, 20);
		await next.waitFor(/x, y +12, 20 ◆/v);
		next.press('s');
		await next.waitFor('Interesting points are saved in');
		next.press('ctrl+c');
		expect(await next.exited).toEqual({exitCode: 0, signal: 0});
	});
});

describe('--print', () => {
	test('prints one frame of the size asked for and ends', async () => {
		const screen = openScreen({
			command: exploreOne(desk, '--print', '--size', '80x24', '--at', '12,20'),
			columns: 100,
			rows: 30,
			cwd: desk.folder,
			env: desk.env,
		});
		expect(await screen.exited).toEqual({exitCode: 0, signal: 0});
		expect(screen.text()).toMatch(cursorAt(12, 20));
		expect(Math.max(...screen.lines().map((line) => line.length))).toBe(80);
		expect(screen.isAlternate).toBe(false);
		await screen.close();
	});

	test('control characters in a name never reach the screen', async () => {
		const screen = openScreen({
			command: [process.execPath, cli, '/no\u001B[32msuch\u0007file.jpg'],
			env: desk.env,
		});
		expect(await screen.exited).toMatchObject({exitCode: 2});
		expect(screen.text()).toContain('file.jpg');
		const foregrounds = Array.from(
			{length: 80},
			(_, x) => screen.cell(x, 0).foreground,
		);
		expect(foregrounds).not.toContain('palette 2');
		await screen.close();
	});
});
