import {expect, test} from 'vitest';
import {fitNotes} from '../../source/ui/scroll-note.js';
import {wrapText} from '../../source/ui/fit-text.js';

test('a text is broken between words, and no line begins with a space', () => {
	expect(wrapText('it is cut off, so copy it', 10)).toBe(
		'it is cut\noff, so\ncopy it',
	);
});

test('a word that is longer than a line is broken, too', () => {
	expect(wrapText('see /a/very/long/path', 8)).toBe(
		'see\n/a/very/\nlong/pat\nh',
	);
});

test('wide characters take two cells', () => {
	expect(wrapText('一二三 四', 6)).toBe('一二三\n四');
});

test('notes are told one after the other as far as there is room, and only the first is cut', () => {
	const fitted = (width: number): string =>
		fitNotes('60×40 · VOC · 2:1', width);
	expect([17, 16, 11, 10, 5, 4, 0].map((width) => fitted(width))).toEqual([
		'60×40 · VOC · 2:1',
		'60×40 · VOC',
		'60×40 · VOC',
		'60×40',
		'60×40',
		'60×…',
		'',
	]);
});
