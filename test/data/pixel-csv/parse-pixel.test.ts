import {Buffer} from 'node:buffer';
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {UsageError} from '../../../source/errors.js';
import {
	encodePixel,
	maxPixelLength,
} from '../../../source/data/pixel-csv/encode-pixel.js';
import {
	parseIndices,
	parseWeights,
} from '../../../source/data/pixel-csv/parse-pixel.js';

const place = {path: 'a.csv', line: 7};
const indicesOf = (line: string, pixels = 1000) =>
	parseIndices(Buffer.from(line), pixels, place);
const weightsOf = (line: string, count: number) =>
	parseWeights(Buffer.from(line), count, place);

test('what is written is read back', () => {
	const items = fc.array(
		fc.tuple(fc.nat(99_999_999), fc.float({min: 0, max: 1, noNaN: true})),
	);
	fc.assert(
		fc.property(items, (pairs) => {
			const indices = Uint32Array.from(pairs, ([index]) => index);
			const weights = Float32Array.from(pairs, ([, weight]) => weight);
			const bytes = Buffer.alloc(maxPixelLength(pairs.length));
			const end = encodePixel(bytes, 0, indices, weights);
			const middle = bytes.indexOf(10);

			expect(parseIndices(bytes.subarray(0, middle), 1e8, place)).toEqual(
				indices,
			);
			const read = parseWeights(
				bytes.subarray(middle + 1, end - 1),
				pairs.length,
				place,
			);
			for (const [at, weight] of weights.entries()) {
				expect(Math.abs(read[at] - weight)).toBeLessThanOrEqual(0.000_050_01);
			}
		}),
	);
});

test('a weight is the float32 that Number() would give, in every notation', () => {
	const weight = fc.double({min: 0, max: 1, noNaN: true});
	const digits = fc.nat(17);
	fc.assert(
		fc.property(fc.array(fc.tuple(weight, digits)), (items) => {
			const words = items.flatMap(([value, digits]) => [
				String(value),
				value.toFixed(digits),
				value.toExponential(),
				value.toFixed(digits).replace(/^0\./v, '.'),
			]);
			expect(weightsOf(words.join(' '), words.length)).toEqual(
				Float32Array.from(words, Number),
			);
		}),
	);
});

test('blanks may surround and separate numbers, also a carriage return at the end', () => {
	expect([...indicesOf(' 1  2\t3 \r')]).toEqual([1, 2, 3]);
	expect([...weightsOf(' 0.5  1 \r', 2)]).toEqual([0.5, 1]);
	expect(indicesOf('\r')).toHaveLength(0);
});

describe('what is wrong with a line is said with file, line and remedy', () => {
	test.each([
		['1 12x 3', '"12x" is not a flat index; write row × width + column'],
		['1 -4', '"-4" is not a flat index'],
		['1.5', '"1.5" is not a flat index'],
		['nan', '"nan" is not a flat index'],
		['5 1000', 'the index 1000 is outside the image, whose last is 999; make'],
		['9'.repeat(400), 'is outside the image'],
		['\u001B[31m7', 'is not a flat index'],
	])('the indices %j are refused', (line, message) => {
		expect(() => indicesOf(line)).toThrow(UsageError);
		expect(() => indicesOf(line)).toThrow(`The CSV "a.csv", line 7: `);
		expect(() => indicesOf(line)).toThrow(message);
		expect(() => indicesOf(line)).not.toThrow('\u001B');
	});

	test.each([
		['0.5 nan', 'the weight "nan" is not a number from 0 to 1'],
		['inf 1', 'the weight "inf"'],
		['1.0001 1', 'the weight "1.0001"'],
		['-0.5 1', 'the weight "-0.5"'],
		['0.5 .', 'the weight "."'],
		['0.5 1.2.3', 'the weight "1.2.3"'],
		['0.5', '1 weights, but 2 indices in the line before'],
		['0.5 0.5 0.5', '3 weights, but 2 indices'],
		['', '0 weights, but 2 indices'],
	])('the weights %j are refused', (line, message) => {
		expect(() => weightsOf(line, 2)).toThrow(UsageError);
		expect(() => weightsOf(line, 2)).toThrow(`The CSV "a.csv", line 7: `);
		expect(() => weightsOf(line, 2)).toThrow(message);
	});
});
