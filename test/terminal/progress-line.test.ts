import stringWidth from 'string-width';
import {describe, expect, test} from 'vitest';
import {
	bytes,
	counted,
	createProgressLine,
	duration,
	formatProgress,
} from '../../source/terminal/progress-line.js';

const half = {done: 250_000_000, total: 500_000_000, seconds: 0.5};

describe('a line of progress', () => {
	test('has a bar, the share, the amount, the rate and the time left', () => {
		expect(formatProgress('Indexing a.csv', half, bytes, 80)).toBe(
			`Indexing a.csv  ${'━'.repeat(15)}${'─'.repeat(15)}   50%  250 MB  500 MB/s  1 s left`,
		);
	});

	test('fits the columns, whatever they are, and says the share at least', () => {
		for (let columns = 4; columns <= 200; columns++) {
			const line = formatProgress(
				'图像 a.csv',
				half,
				counted('pixels', 'pixel'),
				columns,
			);
			expect(stringWidth(line)).toBeLessThanOrEqual(columns);
			expect(line).toContain('50%');
		}
	});

	test('says how long each takes, where a second holds less than one', () => {
		const passes = counted('passes', 'pass');
		const progress = {done: 3, total: 2048, seconds: 51};
		expect(formatProgress('Explaining', progress, passes, 100)).toContain(
			'3 passes  17 s each  9 h 39 min left',
		);
		expect(
			formatProgress('Explaining', {...progress, seconds: 3}, passes, 100),
		).toContain('3 passes  1 pass/s');
	});

	test('counts one thing as one', () => {
		const pixels = counted('pixels', 'pixel');
		expect([0, 1, 1.2, 2000].map((amount) => pixels(amount))).toEqual([
			'0 pixels',
			'1 pixel',
			'1 pixel',
			'2,000 pixels',
		]);
	});

	test('has no rate before anything is done', () => {
		const line = formatProgress(
			'Indexing',
			{done: 0, total: 500, seconds: 0},
			bytes,
			80,
		);
		expect(line).toContain('0%');
		expect(line).not.toContain('left');
	});

	test('is full at the end, also of no work at all', () => {
		expect(
			formatProgress('A', {done: 5, total: 5, seconds: 1}, bytes, 60),
		).toContain(`${'━'.repeat(10)}`);
		expect(
			formatProgress('A', {done: 5, total: 5, seconds: 1}, bytes, 60),
		).not.toContain('─');
		expect(
			formatProgress('A', {done: 0, total: 0, seconds: 1}, bytes, 60),
		).toContain('100%');
	});
});

test.each([
	[0, '0 B'],
	[999, '999 B'],
	[1500, '1.5 kB'],
	[513_648_135, '514 MB'],
	[20e9, '20 GB'],
	[3e15, '3000 TB'],
])('%d bytes are %s', (amount, text) => {
	expect(bytes(amount)).toBe(text);
});

test.each([
	[0.2, '1 s'],
	[59, '59 s'],
	[60, '1 min 0 s'],
	[125, '2 min 5 s'],
	[7500, '2 h 5 min'],
])('%d seconds are %s', (seconds, text) => {
	expect(duration(seconds)).toBe(text);
});

describe('on a stream', () => {
	const fakeStream = (isTTY: boolean) => {
		const written: string[] = [];
		const stream = {
			isTTY,
			columns: 60,
			write: (text: string) => written.push(text),
		};
		return {written, stream};
	};

	test('each line wipes the one before, and clearing leaves nothing', () => {
		const {written, stream} = fakeStream(true);
		const line = createProgressLine(
			stream,
			'A',
			counted('long things', 'long thing'),
		);
		line.update({done: 9000, total: 10_000, seconds: 1});
		line.update({done: 9, total: 10_000, seconds: 2});
		line.clear();
		const widths = written.map((text) => stringWidth(text));
		expect(widths[1]).toBeGreaterThanOrEqual(widths[0] - 1);
		expect(written.at(-2)!.trim()).toBe('');
		expect(written.at(-1)).toBe('\r');
		expect(written.join('')).not.toMatch(/[\p{Cc}--[\r]]/v);
	});

	test('it is drawn ten times a second at most', () => {
		const {written, stream} = fakeStream(true);
		const line = createProgressLine(stream, 'A', bytes);
		for (let step = 0; step < 100; step++) {
			line.update({done: step, total: 100, seconds: step / 100});
		}

		expect(written.length).toBeGreaterThan(5);
		expect(written.length).toBeLessThanOrEqual(10);
	});

	test('nothing is written where the stream is no terminal', () => {
		const {written, stream} = fakeStream(false);
		const line = createProgressLine(stream, 'A', bytes);
		line.update(half);
		line.clear();
		expect(written).toEqual([]);
	});
});
