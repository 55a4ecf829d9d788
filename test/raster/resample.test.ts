import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {type Image, pixelColor, solidImage} from '../../source/raster/image.js';
import {buildPyramid, resample} from '../../source/raster/resample.js';

const greyImage = (rows: number[][]): Image => ({
	width: rows[0].length,
	height: rows.length,
	data: Uint8Array.from(rows.flat().flatMap((grey) => [grey, grey, grey])),
});

const greys = (image: Image): number[] => [
	...image.data.filter((_, offset) => offset % 3 === 0),
];

const whole = ({width, height}: Image) => ({x: 0, y: 0, width, height});

describe('shrinking', () => {
	test('averages the area that a pixel covers', () => {
		const image = greyImage([
			[0, 100, 200, 200],
			[100, 200, 200, 200],
		]);
		const small = resample(buildPyramid(image), whole(image), {
			width: 2,
			height: 1,
		});
		expect(greys(small)).toEqual([100, 200]);
	});

	test('weighs pixels by how much of them is covered', () => {
		const image = greyImage([[0, 90, 240]]);
		const small = resample(buildPyramid(image), whole(image), {
			width: 2,
			height: 1,
		});
		expect(greys(small)).toEqual([30, 190]);
	});

	test('a solid image stays solid at any size and place', () => {
		fc.assert(
			fc.property(
				fc.integer({min: 1, max: 200}),
				fc.integer({min: 1, max: 200}),
				fc.integer({min: 1, max: 30}),
				fc.integer({min: 1, max: 30}),
				(width, height, columns, rows) => {
					const image = solidImage(width, height, 0x12_34_56);
					const drawn = resample(buildPyramid(image), whole(image), {
						width: columns,
						height: rows,
					});
					for (let y = 0; y < rows; y++) {
						for (let x = 0; x < columns; x++) {
							expect(pixelColor(drawn, x, y)).toBe(0x12_34_56);
						}
					}
				},
			),
		);
	});
});

describe('enlarging', () => {
	test('repeats the nearest pixel', () => {
		const image = greyImage([[10, 20]]);
		const large = resample(buildPyramid(image), whole(image), {
			width: 6,
			height: 2,
		});
		expect(greys(large)).toEqual([
			10, 10, 10, 20, 20, 20, 10, 10, 10, 20, 20, 20,
		]);
	});

	test('a fractional view starts within a pixel', () => {
		const image = greyImage([[10, 20, 30]]);
		const large = resample(
			buildPyramid(image),
			{x: 0.5, y: 0, width: 2, height: 1},
			{width: 4, height: 1},
		);
		expect(greys(large)).toEqual([10, 20, 20, 30]);
	});
});

test('what lies past the border is black', () => {
	const image = solidImage(4, 4, 0xff_ff_ff);
	const drawn = resample(
		buildPyramid(image),
		{x: -4, y: 0, width: 8, height: 4},
		{width: 4, height: 2},
	);
	expect(pixelColor(drawn, 0, 0)).toBe(0);
	expect(pixelColor(drawn, 1, 1)).toBe(0);
	expect(pixelColor(drawn, 2, 0)).toBe(0xff_ff_ff);
});

test('a pyramid makes a level only when it is asked for, and once', () => {
	const pyramid = buildPyramid(solidImage(9, 5, 0x80_80_80));
	expect(pyramid.level(0)).toBe(pyramid.image);
	expect(pyramid.level(2)).toMatchObject({width: 3, height: 2});
	expect(pyramid.level(2)).toBe(pyramid.level(2));
});
