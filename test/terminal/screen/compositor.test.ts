import {Buffer} from 'node:buffer';
import fc from 'fast-check';
import {describe, expect, test, vi} from 'vitest';
import {type Cells, blankCells} from '../../../source/raster/cells.js';
import {halfBlocks} from '../../../source/raster/half-blocks.js';
import {solidImage} from '../../../source/raster/image.js';
import {type Placement} from '../../../source/terminal/screen/compose.js';
import {
	type CompositorOptions,
	createCompositor,
} from '../../../source/terminal/screen/compositor.js';
import {createFrameParser} from '../../../source/terminal/screen/frame.js';
import {createEmulator, visible} from '../emulator.js';
import {cellGrid} from './cells.js';

const columns = 14;
const rows = 5;

const at = (row: number, column: number, cells: Cells): Placement => ({
	row,
	column,
	cells,
});

/** Lines of text at the upper left corner. */
const text = (lines: string): Placement =>
	at(0, 0, createFrameParser(20, 6)(lines));

/** A compositor whose terminal takes everything at once, and what it was sent. */
const composeTo = (options: Partial<CompositorOptions> = {}) => {
	const sent: string[] = [];
	const compositor = createCompositor({
		columns,
		rows,
		colors: '24bit',
		write(data, done) {
			sent.push(Buffer.from(data).toString());
			done();
		},
		...options,
	});
	return {compositor, sent, take: () => sent.splice(0).join('')};
};

describe('what the terminal shows', () => {
	test('is what was drawn last, whatever was there before', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.array(cellGrid(columns, rows), {minLength: 1, maxLength: 4}),
				async (grids) => {
					const {compositor, take} = composeTo();
					const emulator = createEmulator(columns, rows);
					for (const grid of grids) {
						compositor.draw([at(0, 0, grid)]);
						// eslint-disable-next-line no-await-in-loop -- Frames follow one another.
						await emulator.write(take());
						expect(visible(emulator.cells())).toEqual(visible(grid));
					}
				},
			),
			{numRuns: 150},
		);
	});

	test('is whole after a resize and after somebody else wrote to the screen', async () => {
		const {compositor, take} = composeTo();
		const emulator = createEmulator(columns, rows);
		compositor.draw([text('hello\nworld')]);
		await emulator.write(`${take()}\u001B[2;2Hgarbage`);
		compositor.invalidate();
		await emulator.write(take());
		compositor.resize(20, 6);
		emulator.resize(20, 6);
		compositor.draw([text('hello\nworld\n\n\n\nbottom')]);
		await emulator.write(take());
		expect(emulator.cells().glyphs.join('')).toBe(
			`${'hello'.padEnd(20)}${'world'.padEnd(80)}${'bottom'.padEnd(20)}`,
		);
	});

	test('is a raster over the text, cut off at the border of the screen', async () => {
		const {compositor, take} = composeTo();
		const emulator = createEmulator(columns, rows);
		compositor.draw([
			text('text under it'),
			at(-1, -1, halfBlocks(solidImage(3, 4, 0x11_22_33))),
			at(4, 12, halfBlocks(solidImage(9, 9, 0x44_55_66))),
		]);
		await emulator.write(take());
		const {background, glyphs} = emulator.cells();
		expect(background.slice(0, 3)).toEqual(
			Int32Array.of(0x11_22_33, 0x11_22_33, -1),
		);
		expect(background.slice(-3)).toEqual(
			Int32Array.of(-1, 0x44_55_66, 0x44_55_66),
		);
		expect(glyphs.slice(0, 13).join('')).toBe('  xt under it');
	});

	test('has no half of a wide character where a raster cuts it', async () => {
		const {compositor, take} = composeTo();
		const emulator = createEmulator(columns, rows);
		compositor.draw([
			text('漢字漢字'),
			at(0, 1, halfBlocks(solidImage(2, 2, 0x11_22_33))),
		]);
		await emulator.write(take());
		expect(emulator.cells().glyphs.slice(0, 8).join('|')).toBe(
			' | | | |漢||字|',
		);
	});
});

describe('what is sent', () => {
	test('is nothing when nothing changed', () => {
		const {compositor, sent} = composeTo();
		compositor.draw([text('same')]);
		compositor.draw([text('same')]);
		expect(sent).toHaveLength(1);
	});

	test('is one short write when the cursor moves over a picture', () => {
		const {compositor, take} = composeTo({columns: 200, rows: 60});
		const picture = Uint8Array.from(
			{length: 160 * 100 * 3},
			(_, index) => (index * 37) % 256,
		);
		const draw = (x: number) => {
			const image = {width: 160, height: 100, data: new Uint8Array(picture)};
			for (const step of [-3, -2, -1, 1, 2, 3]) {
				image.data.fill(255, 3 * (x + step), 3 * (x + step) + 3);
				image.data.fill(
					255,
					3 * ((50 + step) * 160 + x),
					3 * ((50 + step) * 160 + x) + 3,
				);
			}

			compositor.draw([at(2, 2, halfBlocks(image))]);
			return take().length;
		};

		draw(80);
		expect(draw(81)).toBeLessThan(1000);
	});

	test('is held together where the terminal can', () => {
		const {compositor, take} = composeTo({synchronized: true});
		compositor.draw([text('x')]);
		const bytes = take();
		expect(bytes.startsWith('\u001B[?2026h')).toBe(true);
		expect(bytes.endsWith('\u001B[?2026l')).toBe(true);
	});

	test.each([
		['24bit', '48;2;17;34;51'],
		['256', '48;5;'],
		['none', 'x.....'],
	] as const)('fits a terminal with colours "%s"', (colors, expected) => {
		const {compositor, take} = composeTo({colors});
		compositor.draw([
			text('\u001B[31;44mx\u001B[39;49m'),
			at(0, 1, halfBlocks(solidImage(5, 2, 0x11_22_33))),
		]);
		const bytes = take();
		expect(bytes).toContain(expected);
		expect(bytes.includes('38;2')).toBe(false);
	});

	test('is drawn again in more colours once the terminal turns out to have them', () => {
		const {compositor, take} = composeTo({colors: '256'});
		compositor.draw([text('\u001B[38;2;1;2;3mx')]);
		expect(take()).not.toContain('38;2');
		compositor.adapt({colors: '24bit', synchronized: false});
		expect(take()).toContain('38;2;1;2;3');
	});

	test('is not drawn again where it would look the same', () => {
		const {compositor, take} = composeTo();
		compositor.draw([text('x')]);
		expect(take()).toContain('x');
		compositor.adapt({colors: '24bit', synchronized: true});
		expect(take()).toBe('');
	});
});

test('while the terminal is still busy only the newest frame waits', () => {
	const sent: string[] = [];
	const done: Array<() => void> = [];
	const {compositor} = composeTo({
		write(data, finish) {
			sent.push(Buffer.from(data).toString());
			done.push(finish);
		},
	});
	for (const frame of ['one', 'two', 'three', 'four']) {
		compositor.draw([text(frame)]);
	}

	expect(sent).toHaveLength(1);
	done.pop()?.();
	expect(sent).toHaveLength(2);
	expect(sent[1]).toContain('four');
	done.pop()?.();
	expect(sent).toHaveLength(2);
});

describe('large changes', () => {
	/** A picture that has another colour in every cell each time. */
	const noise = (seed: number): Placement => {
		const image = solidImage(60, 60, 0);
		for (const [index] of image.data.entries()) {
			image.data[index] = (index * 37 + seed * 91) % 256;
		}

		return at(0, 0, halfBlocks(image));
	};

	test('that follow one another are drawn coarsely, and in full once they have ceased', async () => {
		vi.useFakeTimers();
		try {
			const {compositor, take} = composeTo({columns: 60, rows: 30});
			const emulator = createEmulator(60, 30);
			compositor.draw([noise(1)]);
			const first = take();
			expect(first).toContain('38;2;');
			vi.advanceTimersByTime(30);
			compositor.draw([noise(2)]);
			const second = take();
			expect(second).not.toContain('38;2;');
			expect(second.length).toBeLessThan(0.75 * first.length);
			vi.advanceTimersByTime(30);
			compositor.draw([noise(3)]);
			const third = take();
			expect(third).not.toContain('38;2;');
			vi.advanceTimersByTime(119);
			expect(take()).toBe('');
			vi.advanceTimersByTime(1);
			const refined = take();
			vi.useRealTimers();
			await emulator.write(first + second + third + refined);
			expect(visible(emulator.cells())).toEqual(visible(noise(3).cells));
		} finally {
			vi.useRealTimers();
		}
	});

	test('that come now and then are drawn in full', () => {
		vi.useFakeTimers();
		try {
			const {compositor, take} = composeTo({columns: 60, rows: 30});
			for (const seed of [1, 2, 3]) {
				compositor.draw([noise(seed)]);
				expect(take()).toContain('38;2;');
				vi.advanceTimersByTime(121);
				expect(take()).toBe('');
			}
		} finally {
			vi.useRealTimers();
		}
	});
});

test('a screen without cells takes any frame', () => {
	const {compositor, take} = composeTo({columns: 0, rows: 0});
	compositor.draw([text('hello'), at(0, 0, blankCells(3, 3))]);
	expect(take()).toBe('\u001B[m\u001B[2J');
});
