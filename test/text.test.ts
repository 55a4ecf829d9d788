import fc from 'fast-check';
import {expect, test} from 'vitest';
import {UsageError} from '../source/errors.js';
import {choose, nearestName, stripControl} from '../source/text.js';

test('escape sequences go, with their parameters and strings', () => {
	expect(stripControl('a\u001B[31;1mred\u001B[0m b')).toBe('ared b');
	expect(stripControl('\u001B]0;title\u0007name')).toBe('name');
	expect(stripControl('\u001B]8;;http://x\u001B\\link')).toBe('link');
	expect(stripControl('\u001BPq#0~-\u001B\\sixel')).toBe('sixel');
	expect(stripControl('\u009B31mred')).toBe('red');
	expect(stripControl('\u001B(0x\u001Bc')).toBe('x');
});

test('line breaks and tabs become one space', () => {
	expect(stripControl('a\r\nb\tc\u2028d')).toBe('a b c d');
});

test('marks that reorder or hide text go, joiners of emoji stay', () => {
	expect(stripControl('ab\u202Egpj.exe\u2066')).toBe('abgpj.exe');
	expect(stripControl('x\u200By\uFEFF')).toBe('xy');
	expect(stripControl('👩‍🚀')).toBe('👩‍🚀');
});

test('text is composed and whole', () => {
	expect(stripControl('e\u0301')).toBe('é');
	expect(stripControl('a\uD800b')).toBe('a\uFFFDb');
});

test('no control character is left in any text, and clean text stays as it is', () => {
	fc.assert(
		fc.property(fc.string({unit: 'binary'}), (text) => {
			const clean = stripControl(text);
			expect(clean).not.toMatch(/[\p{Cc}\p{Bidi_Control}\p{Surrogate}]/v);
			expect(stripControl(clean)).toBe(clean);
		}),
	);
});

test('a near name is found and a far one is not', () => {
	expect(nearestName('colrmap', ['size', 'colormap'])).toBe('colormap');
	expect(nearestName('xyz', ['size', 'colormap'])).toBeUndefined();
	expect(nearestName('down', ['encoder/up', 'encoder/down'])).toBe(
		'encoder/down',
	);
	expect(nearestName('cra', ['tree', 'car'])).toBe('car');
	expect(nearestName('TREE', ['tree', 'car'])).toBe('tree');
});

test('of several names the one that was meant is offered, or all of them', () => {
	const names = ['size', 'colormap'];
	expect(choose('flag', 'size', names)).toBe('size');
	expect(() => choose('flag', 'colrmap', names)).toThrow(
		new UsageError('There is no flag "colrmap"; did you mean colormap?'),
	);
	expect(() => choose('flag', 'xyz', names)).toThrow(
		'There is no flag "xyz"; use one of size, colormap',
	);
});
