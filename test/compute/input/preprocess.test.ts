import {describe, expect, test} from 'vitest';
import {
	decideInputFormat,
	type InputFormat,
} from '../../../source/compute/input/input-format.js';
import {decideInputSize} from '../../../source/compute/input/input-size.js';
import {parseManifest} from '../../../source/compute/model/manifest.js';
import {preprocess} from '../../../source/compute/input/preprocess.js';
import {UsageError} from '../../../source/errors.js';
import type {Image} from '../../../source/raster/image.js';
import {buildModel, node, randomTensor} from '../../graph/build.js';

/** Red counts the columns, green the rows, blue is 200. */
const gradient = (width: number, height: number): Image => {
	const data = new Uint8Array(width * height * 3);
	for (let pixel = 0; pixel < width * height; pixel++) {
		data.set([pixel % width, Math.floor(pixel / width), 200], pixel * 3);
	}

	return {width, height, data};
};

const plain: InputFormat = {
	name: 'image',
	channels: 3,
	layout: 'NCHW',
	channelOrder: 'RGB',
	resize: 'stretch',
	scale: 1,
	mean: [0, 0, 0],
	std: [1, 1, 1],
	fixed: {},
};

describe('an image becomes a tensor', () => {
	test('of the same numbers where nothing changes', () => {
		const tensor = preprocess(gradient(3, 2), plain, {width: 3, height: 2});
		expect([...tensor]).toEqual([
			0, 1, 2, 0, 1, 2, 0, 0, 0, 1, 1, 1, 200, 200, 200, 200, 200, 200,
		]);
	});

	test('in the order, layout and range that the network wants', () => {
		const tensor = preprocess(
			gradient(1, 1),
			{
				...plain,
				layout: 'NHWC',
				channelOrder: 'BGR',
				scale: 0.01,
				mean: [1, 0, 0],
				std: [0.5, 1, 1],
			},
			{width: 1, height: 1},
		);
		expect([...tensor]).toEqual([2, 0, 0]);
	});

	test('averaged where it shrinks, interpolated where it grows', () => {
		const small = preprocess(gradient(8, 8), plain, {width: 2, height: 2});
		expect(small[0]).toBeCloseTo(7 - small[1], 4);
		expect(small[0]).toBeGreaterThan(1);
		const large = preprocess(gradient(2, 1), plain, {width: 4, height: 1});
		expect([...large.subarray(0, 4)]).toEqual([0, 0.25, 0.75, 1]);
	});

	test('cut to the middle, or with borders of the mean', () => {
		const image = gradient(6, 2);
		const network = {width: 2, height: 2};
		const cropped = preprocess(image, {...plain, resize: 'crop'}, network);
		expect([...cropped.subarray(0, 4)]).toEqual([2, 3, 2, 3]);
		const padded = preprocess(
			image,
			{...plain, resize: 'pad', mean: [9, 9, 9]},
			{width: 6, height: 6},
		);
		expect([...padded.subarray(0, 12)]).toEqual(
			Array.from({length: 12}, () => 0),
		);
		expect(padded[12]).toBe(-9);
	});
});

describe('what a model wants of an image', () => {
	const model = (shape: readonly number[]) =>
		buildModel({
			inputs: {image: shape},
			nodes: [node('Conv', ['image', 'weight'], 'output')],
			constants: {weight: randomTensor([4, 3, 1, 1])},
		});

	test('is read from its shape, and guessed aloud where that is silent', () => {
		const {format, guesses} = decideInputFormat(model([1, 3, 32, 64]), {});
		expect(format).toMatchObject({
			channels: 3,
			layout: 'NCHW',
			fixed: {height: 32, width: 64},
			mean: [0.485, 0.456, 0.406],
		});
		expect(guesses.join(' ')).toMatch(/ImageNet/v);
		expect(decideInputFormat(model([1, 32, 64, 3]), {}).format.layout).toBe(
			'NHWC',
		);
		expect(
			decideInputFormat(model([1, 3, 32, 64]), {scale: 1}).guesses,
		).toEqual([]);
	});

	test('cannot be of a layout that its shape contradicts', () => {
		expect(() =>
			decideInputFormat(model([1, 3, 32, 64]), {layout: 'NHWC'}),
		).toThrow(
			new UsageError(
				'The layout NHWC does not fit the model\'s input "image" of shape [1, 3, 32, 64]; write NCHW or leave it out',
			),
		);
		expect(
			decideInputFormat(model([1, 13, 32, 64]), {layout: 'NHWC', scale: 1})
				.format.channels,
		).toBe(64);
	});

	test('is the size of the image, in steps, where the model takes any', () => {
		expect(decideInputSize(plain, {}, {height: 100, width: 200}).size).toEqual({
			height: 96,
			width: 192,
		});
		expect(
			decideInputSize(plain, {}, {height: 1000, width: 2000}).size,
		).toEqual({height: 256, width: 512});
		expect(
			decideInputSize(
				plain,
				{inputRange: {min: 64, max: 128, multipleOf: 64}},
				{height: 10, width: 1000},
			).size,
		).toEqual({height: 64, width: 128});
	});

	test('cannot be another size than the model fixes', () => {
		expect(() =>
			decideInputSize(
				{...plain, fixed: {height: 32, width: 32}},
				{inputSize: [64, 64]},
			),
		).toThrow(/takes 32x32 pixels only, not 64x64/v);
	});

	test('several inputs, or one that is no picture, are refused', () => {
		expect(() =>
			decideInputFormat({...model([1, 3]), inputs: model([1, 3]).inputs}, {}),
		).toThrow(/not a picture/v);
		const two = model([1, 3, 8, 8]);
		expect(() =>
			decideInputFormat({...two, inputs: [...two.inputs, ...two.inputs]}, {}),
		).toThrow(/2 inputs/v);
	});
});

describe('a manifest', () => {
	test('is taken as it stands', () => {
		const json = {
			description: 'a test',
			inputSize: [192, 128],
			mean: [0.5],
			labels: ['sky', 'road'],
		};
		expect(parseManifest(json, 'gradcam.json')).toEqual({
			inputSize: [192, 128],
			mean: [0.5],
			labels: ['sky', 'road'],
		});
	});

	test.each([
		[[], /is not a JSON object/v],
		[{inputsize: [1, 1]}, /unknown field "inputsize".* inputSize/v],
		[{inputSize: [0, 5]}, /"inputSize": \[0,5\]; write \[height, width\]/v],
		[{std: [0]}, /above 0/v],
		[{layout: 'CHWN'}, /one of NCHW, NHWC/v],
		[{labels: [1]}, /list of texts/v],
		[{inputRange: {min: 64, max: 32}}, /min no larger than max/v],
	])('%j is refused with the remedy', (json, message) => {
		expect(() => parseManifest(json, 'gradcam.json')).toThrow(UsageError);
		expect(() => parseManifest(json, 'gradcam.json')).toThrow(message);
	});
});
