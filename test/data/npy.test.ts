import {expect, test} from 'vitest';
import {decodeNpy, encodeNpy} from '../../source/data/npy.js';
import {UsageError} from '../../source/errors.js';

const bytes = encodeNpy([2, 3], Float32Array.of(1, 2, 3, 4, 5, 6));

test('an array that was written is read back', () => {
	expect(decodeNpy(bytes, 'a.npy')).toEqual({
		shape: [2, 3],
		data: Float32Array.of(1, 2, 3, 4, 5, 6),
	});
	expect(decodeNpy(encodeNpy([1], Float32Array.of(7)), 'a.npy').shape).toEqual([
		1,
	]);
});

test('the data begin at a multiple of 64 bytes, as NumPy has it', () => {
	expect(bytes.length).toBe(128 + 24);
});

test('a file that is no array, is cut short or holds no numbers is refused', () => {
	expect(() => decodeNpy(Uint8Array.of(1, 2, 3), 'a.npy')).toThrow(UsageError);
	expect(() => decodeNpy(bytes.subarray(0, 140), 'a.npy')).toThrow(
		/12 bytes but an array of shape \[2, 3\] needs 24/v,
	);
	const text = new TextDecoder('latin1').decode(bytes);
	const patched = (from: string, to: string) =>
		Uint8Array.from(text.replace(from, to), (letter) => letter.codePointAt(0)!);
	expect(() => decodeNpy(patched("'<f4'", "'<U1'"), 'a.npy')).toThrow(/<U1/v);
	expect(() => decodeNpy(patched('False,', 'True, '), 'a.npy')).toThrow(
		/Fortran order/v,
	);
});
