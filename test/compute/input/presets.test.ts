import {describe, expect, test} from 'vitest';
import {decideInputFormat} from '../../../source/compute/input/input-format.js';
import {decideInputSize} from '../../../source/compute/input/input-size.js';
import type {Manifest} from '../../../source/compute/model/manifest.js';
import {fitView, preprocess} from '../../../source/compute/input/preprocess.js';
import {presetNames} from '../../../source/compute/input/presets.js';
import type {ModelFile} from '../../../source/formats/model-file.js';
import {solidImage} from '../../../source/raster/image.js';
import {tensorOf} from '../../../source/graph/tensor.js';
import {buildModel, node, randomTensor} from '../../graph/build.js';

const fixed: ModelFile = buildModel({
	inputs: {image: [1, 3, 8, 8]},
	nodes: [node('Conv', ['image', 'weight'], 'output')],
	constants: {weight: randomTensor([4, 3, 1, 1])},
});

/** A network that takes images of any size. */
const model: ModelFile = {
	...fixed,
	inputs: [{...fixed.inputs[0], shape: [1, 3, 'height', 'width']}],
};

/** A network that came from TensorFlow, by the name it has there. */
const tensorflow = (name: string): ModelFile => ({
	...model,
	name,
	layout: 'NHWC',
	inputs: [{...model.inputs[0], shape: [1, 8, 8, 3]}],
});

const formatFor = (manifest: Manifest, file = model) =>
	decideInputFormat(file, manifest).format;

/** What a colour becomes, channel by channel. */
const prepare = (manifest: Manifest, color: number) => {
	const format = formatFor(manifest);
	const size = {width: 1, height: 1};
	return [...preprocess(solidImage(1, 1, color), format, size)];
};

const closeTo = (values: readonly number[]): readonly unknown[] =>
	values.map((value): unknown => expect.closeTo(value, 3));

describe('a preset', () => {
	test('gives a color the numbers that networks were trained with', () => {
		const orange = 0xff_80_00;
		const [red, green, blue] = [1, 128 / 255, 0];
		expect(prepare({preset: 'raw'}, orange)).toEqual([255, 128, 0]);
		expect(prepare({preset: 'unit'}, orange)).toEqual(
			closeTo([red, green, blue]),
		);
		expect(prepare({preset: 'tf'}, orange)).toEqual(
			closeTo([1, 2 * green - 1, -1]),
		);
		expect(prepare({preset: 'imagenet'}, orange)).toEqual(
			closeTo([
				(red - 0.485) / 0.229,
				(green - 0.456) / 0.224,
				(blue - 0.406) / 0.225,
			]),
		);
		expect(prepare({preset: 'caffe'}, orange)).toEqual(
			closeTo([0 - 103.939, 128 - 116.779, 255 - 123.68]),
		);
	});

	test('decides the part of the image that is seen, and at what size', () => {
		const image = {width: 640, height: 480};
		const see = (preset: Manifest['preset']) => {
			const format = formatFor({preset});
			const {size} = decideInputSize(format, {preset}, image);
			return {size, view: fitView(image, size, format)};
		};

		expect(see('imagenet')).toEqual({
			size: {width: 224, height: 224},
			view: {x: 110, y: 30, width: 420, height: 420},
		});
		expect(see('caffe').size).toEqual({width: 299, height: 224});
		expect(see('unit').view).toEqual({x: 0, y: 0, ...image});
	});

	test('gives way in the parts that are said otherwise', () => {
		expect(
			formatFor({preset: 'caffe', channelOrder: 'RGB', mean: [0]}),
		).toMatchObject({channelOrder: 'RGB', mean: [0, 0, 0], scale: 1});
	});

	test.each([
		['mobilenet_0.25_224', 'tf'],
		['inception_v3', 'tf'],
		['resnet50v2', 'tf'],
		['resnet50', 'caffe'],
		['vgg16', 'caffe'],
		['densenet121', 'imagenet'],
		['efficientnetb0', 'raw'],
		['MobilenetV3large', 'raw'],
	] as const)('is guessed aloud from the name %s: %s', (name, preset) => {
		const {format, guesses} = decideInputFormat(tensorflow(name), {});
		expect(format).toEqual(formatFor({preset}, tensorflow(name)));
		expect(guesses.join(' ')).toMatch(new RegExp(`${preset}.*${name}`, 'v'));
	});

	test('is guessed of an ONNX file too, if its input has channels last', () => {
		const inputs = [
			{name: 'image', type: 'float32', shape: [1, 224, 224, 3]},
		] as const;
		const {guesses} = decideInputFormat({...model, name: 'vgg16', inputs}, {});
		expect(guesses.join(' ')).toContain('caffe');
	});

	test('is guessed from an input called images, as YOLO and its like have', () => {
		const inputs = [{...model.inputs[0], name: 'images'}];
		const {format, guesses} = decideInputFormat({...model, inputs}, {});
		expect(format).toMatchObject({scale: 1 / 255, mean: [0, 0, 0]});
		expect(guesses.join(' ')).toMatch(/unit.*images/v);
	});

	const colors = {
		divisor: tensorOf('float32', [255], []),
		mean: tensorOf('float32', [0.485, 0.456, 0.406], [1, 3, 1, 1]),
		meanColor: tensorOf('float32', [123.7, 116.8, 103.9], [1, 3, 1, 1]),
		half: tensorOf('float32', [0.5], []),
	};

	test.each([
		['divides by 255', 'raw', [node('Div', ['turned', 'divisor'], 'x')]],
		[
			'takes a mean colour off',
			'raw',
			[node('Sub', ['turned', 'meanColor'], 'x')],
		],
		['takes a mean of 0–1 off', 'unit', [node('Sub', ['turned', 'mean'], 'x')]],
		[
			'stretches 0–1 to −1…1',
			'unit',
			[node('Div', ['turned', 'half'], 'y'), node('Add', ['half', 'y'], 'x')],
		],
	] as const)(
		'is guessed of a network that %s itself: %s',
		(_, preset, nodes) => {
			const {format, guesses} = decideInputFormat(
				{
					...model,
					constants: new Map([...model.constants, ...Object.entries(colors)]),
					nodes: [
						node('Shape', ['image'], 'shape'),
						node('Transpose', ['image'], 'turned', {perm: [0, 1, 3, 2]}),
						...nodes,
						node('Conv', ['x', 'weight'], 'output'),
					],
				},
				{},
			);
			expect(format).toEqual(formatFor({preset}));
			expect(guesses.join(' ')).toMatch(
				new RegExp(`preset ${preset}.*the node "${nodes.at(-1)!.name}"`, 'v'),
			);
		},
	);

	test('is not guessed from a convolution, however many weights it has', () => {
		const constants = new Map([
			['weight', randomTensor([64, 3, 64, 64])],
			['colors', randomTensor([1, 3, 512, 512])],
		]);
		const nodes = [
			node('Mul', ['colors', 'image'], 'scaled'),
			node('Conv', ['scaled', 'weight'], 'output'),
		];
		expect(decideInputFormat({...model, constants, nodes}, {}).guesses).toEqual(
			[expect.stringContaining('ImageNet')],
		);
	});

	test('is raw for an input of bytes', () => {
		const inputs = [{...model.inputs[0], type: 'uint8' as const}];
		const {format, guesses} = decideInputFormat({...model, inputs}, {});
		expect(format).toEqual(formatFor({preset: 'raw'}));
		expect(guesses.join(' ')).toContain('0–255, since the input takes bytes');
		const nodes = [node('DequantizeLinear', ['image', 'scale'], 'output')];
		expect(() => decideInputFormat({...model, inputs, nodes}, {})).toThrow(
			/takes uint8 numbers/v,
		);
	});

	test('is not guessed where the name says nothing, or a range is given', () => {
		expect(decideInputFormat(tensorflow('model_1'), {}).guesses).toEqual([
			expect.stringContaining('0–1'),
		]);
		expect(decideInputFormat({...model, name: 'vgg16'}, {}).guesses).toEqual([
			expect.stringContaining('ImageNet'),
		]);
		expect(decideInputFormat(tensorflow('vgg16'), {scale: 1}).guesses).toEqual(
			[],
		);
	});

	test('has a name that the command line knows', async () => {
		const {manifestFlags} =
			await import('../../../source/subcommands/model/flags.js');
		expect(manifestFlags.preset.choices).toEqual(presetNames);
	});
});
