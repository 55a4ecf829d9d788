import {isDeepStrictEqual} from 'node:util';
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {isSameView} from '../../../source/ui/sheets/same-view.js';

test('records and lists are the same when what is in them is', () => {
	fc.assert(
		fc.property(fc.jsonValue(), fc.jsonValue(), (one, other) => {
			expect(isSameView(one, structuredClone(one))).toBe(true);
			expect(isSameView(one, other)).toBe(isDeepStrictEqual(one, other));
		}),
	);
});

test('what is missing is not the same as what is undefined', () => {
	expect(isSameView({a: 1}, {a: 1, b: undefined})).toBe(false);
	expect(isSameView({a: 1, b: undefined}, {a: 1, c: undefined})).toBe(false);
});

test('pixels and maps are the same only when they are the very same', () => {
	const pixels = new Uint8Array(4);
	expect(isSameView({pixels}, {pixels})).toBe(true);
	expect(isSameView({pixels}, {pixels: new Uint8Array(4)})).toBe(false);
	expect(isSameView(new Map(), new Map())).toBe(false);
});
