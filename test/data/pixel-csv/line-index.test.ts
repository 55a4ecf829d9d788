import {Buffer} from 'node:buffer';
import {expect, test} from 'vitest';
import {
	completeBlocks,
	createLineIndex,
	scanLines,
} from '../../../source/data/pixel-csv/line-index.js';

test('offsets beyond 4 GB are exact', () => {
	const index = createLineIndex(3);
	const lines = scanLines(index, Buffer.from('1\n1\n\n\n'), 0, 0);
	expect(scanLines(index, Buffer.from('2 3\n0.5 1\n'), 20e9 + 1, lines)).toBe(
		6,
	);
	expect([...index.offsets]).toEqual([0, 4, 6, 20e9 + 11]);
});

test.each([
	[1, 1],
	[187_500, 1],
	[2 ** 21, 1],
	[2 ** 21 + 1, 2],
	[12_000_000, 8],
	[100_000_000, 64],
])(
	'the index of %i pixels has blocks of %i, and at most 16 MB',
	(pixels, stride) => {
		const index = createLineIndex(pixels);
		expect(index.stride).toBe(stride);
		expect(index.offsets.byteLength).toBeLessThanOrEqual(2 ** 24 + 8);
	},
);

test('a block is complete when the last of its lines has ended, the last one when the image has', () => {
	const index = {pixels: 5, stride: 2, offsets: new Float64Array(4)};
	expect(
		[0, 3, 4, 7, 8, 9, 10, 99].map((lines) => completeBlocks(index, lines)),
	).toEqual([0, 0, 1, 1, 2, 2, 3, 3]);
	scanLines(index, Buffer.from('\n'.repeat(12)), 0, 0);
	expect([...index.offsets]).toEqual([0, 4, 8, 10]);
});
