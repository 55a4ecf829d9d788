import {expect, test} from 'vitest';
import {
	createClickCounter,
	parseMouse,
} from '../../../source/terminal/input/mouse.js';

const plain = {row: 4, column: 9, shift: false, alt: false, ctrl: false};

test.each([
	['\u001B[<0;10;5M', {action: 'press', button: 'left', ...plain}],
	['\u001B[<0;10;5m', {action: 'release', button: 'left', ...plain}],
	['\u001B[<2;10;5M', {action: 'press', button: 'right', ...plain}],
	['\u001B[<32;10;5M', {action: 'drag', button: 'left', ...plain}],
	['\u001B[<35;10;5M', {action: 'move', ...plain}],
	['\u001B[<16;10;5M', {action: 'press', button: 'left', ...plain, ctrl: true}],
	[
		'\u001B[<24;10;5M',
		{action: 'press', button: 'left', ...plain, ctrl: true, alt: true},
	],
	['\u001B[<64;10;5M', {action: 'wheel', direction: -1, ...plain}],
	['\u001B[<65;10;5M', {action: 'wheel', direction: 1, ...plain}],
	['\u001B[<69;10;5M', {action: 'wheel', direction: 1, ...plain, shift: true}],
])('%j is read', (sequence, event) => {
	expect(parseMouse(sequence)).toEqual(event);
});

test('what is no report of a usual button is nothing', () => {
	expect(parseMouse('\u001B[A')).toBeUndefined();
	expect(parseMouse('\u001B[<3;1;1M')).toBeUndefined();
});

test('two clicks on one cell within 400 ms are a double click; a third starts anew', () => {
	const count = createClickCounter();
	const press = parseMouse('\u001B[<0;10;5M')!;
	const elsewhere = parseMouse('\u001B[<0;11;5M')!;
	const clicks = (
		[
			[press, 0],
			[press, 400],
			[press, 500],
			[press, 901],
			[elsewhere, 950],
			[press, 990],
		] as const
	).map(([event, time]) => count(event, time).clicks);
	expect(clicks).toEqual([1, 2, 1, 1, 1, 1]);
});

test('only presses are counted', () => {
	const release = parseMouse('\u001B[<0;10;5m')!;
	expect(createClickCounter()(release, 0)).toEqual(release);
});
