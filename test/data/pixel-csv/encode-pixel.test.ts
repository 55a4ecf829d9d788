import {Buffer} from 'node:buffer';
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {
	encodePixel,
	maxPixelLength,
	tenThousandths,
} from '../../../source/data/pixel-csv/encode-pixel.js';

const encode = (indices: readonly number[], weights: readonly number[]) => {
	const target = Buffer.alloc(maxPixelLength(indices.length) + 3, '#');
	const end = encodePixel(
		target,
		3,
		Uint32Array.from(indices),
		Float32Array.from(weights),
	);
	return target.toString('latin1', 3, end);
};

const weight = fc.double({min: 0, max: 1, noNaN: true});

describe('rounding to four digits', () => {
	test('is that of toFixed wherever the number is not right between two', () => {
		fc.assert(
			fc.property(weight, (value) => {
				fc.pre(!Number.isInteger(value * 32));
				expect(tenThousandths(value)).toBe(
					Math.round(Number(value.toFixed(4)) * 10_000),
				);
			}),
			{numRuns: 20_000},
		);
	});

	test('is that of toFixed for the doubles next to each half', () => {
		for (let half = 0; half < 10_000; half++) {
			const middle = (half + 0.5) / 10_000;
			for (const value of [
				middle - 2 ** -53,
				middle,
				middle + 2 ** -53,
				Math.fround(middle),
			]) {
				if (!Number.isInteger(value * 32)) {
					expect(tenThousandths(value)).toBe(
						Math.round(Number(value.toFixed(4)) * 10_000),
					);
				}
			}
		}
	});

	// What C's printf("%.4f") prints for the sixteen numbers that lie right between two.
	test.each([
		[1, 312],
		[3, 938],
		[5, 1562],
		[7, 2188],
		[9, 2812],
		[11, 3438],
		[13, 4062],
		[15, 4688],
		[17, 5312],
		[19, 5938],
		[21, 6562],
		[23, 7188],
		[25, 7812],
		[27, 8438],
		[29, 9062],
		[31, 9688],
	])('takes %i/32 to the even neighbour, as printf does', (odd, expected) => {
		expect(tenThousandths(odd / 32)).toBe(expected);
	});
});

describe('the two lines of a pixel', () => {
	test('are indices and weights, separated by single spaces', () => {
		expect(encode([0, 7, 10, 187_499], [0, 0.5, 0.123_44, 1])).toBe(
			'0 7 10 187499\n0.0000 0.5000 0.1234 1.0000\n',
		);
	});

	test('are empty where the pixel has no Grad-CAM pixels', () => {
		expect(encode([], [])).toBe('\n\n');
	});

	test('hold any whole number of 32 bits as String() writes it', () => {
		fc.assert(
			fc.property(
				fc.array(
					fc.oneof(
						fc.nat(0xff_ff_ff_ff),
						fc.constantFrom(
							9,
							10,
							99,
							100,
							999,
							1000,
							9999,
							10_000,
							99_999_999,
							100_000_000,
							0xff_ff_ff_ff,
						),
					),
				),
				(indices) => {
					const weights = indices.map(() => 1);
					expect(encode(indices, weights).split('\n')[0]).toBe(
						indices.join(' '),
					);
				},
			),
		);
	});

	test.each([-0.1, 1.5, Number.NaN])('refuse the weight %d', (bad) => {
		expect(() => encode([1], [bad])).toThrow(RangeError);
	});
});
