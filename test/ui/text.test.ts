import {expect, test} from 'vitest';
import {wrapText} from '../../source/ui/text.js';

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
