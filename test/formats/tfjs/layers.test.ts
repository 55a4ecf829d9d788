import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import {describe, expect, test} from 'vitest';
import {explainableValues} from '../../../source/autodiff/explainable.js';
import {ModelError} from '../../../source/errors.js';
import {findLogits} from '../../../source/graph/logits/find-logits.js';
import {
	answer,
	differenceOf,
	graphOf,
	runtimeNames,
	sampleData,
} from '../answer.js';
import {dataOf, decode, fillWeights, store, type Stored} from './reference.js';

const {layers} = tfl;

type Layer = Parameters<tfl.Sequential['add']>[0];

/** What a layer makes of what it is given. */
const apply = (
	layer: Layer,
	inputs: tfl.SymbolicTensor | tfl.SymbolicTensor[],
): tfl.SymbolicTensor => {
	const [output] = [layer.apply(inputs)].flat();
	if (!(output instanceof tfl.SymbolicTensor)) {
		throw new TypeError('the layer makes nothing to build on');
	}

	return output;
};

/** What layers one after the other make. */
const applyAll = (
	list: readonly Layer[],
	input: tfl.SymbolicTensor,
): tfl.SymbolicTensor => {
	let output = input;
	for (const layer of list) {
		output = apply(layer, output);
	}

	return output;
};

/** A network of layers one after the other. */
const chain =
	(shape: number[], ...list: Layer[]) =>
	() => {
		const input = tfl.input({shape});
		return tfl.model({inputs: input, outputs: applyAll(list, input)});
	};

/** Two branches of a picture, merged. */
const merged = (layer: Layer) => () => {
	const input = tfl.input({shape: [5, 6, 3]});
	const branches = [1, 2, 3].map(() =>
		apply(layers.conv2d({filters: 4, kernelSize: 3, padding: 'same'}), input),
	);
	return tfl.model({inputs: input, outputs: apply(layer, branches)});
};

/** A network whose pictures have their channels first or last, up to its own last layer. */
const laidOut = (dataFormat: 'channelsFirst' | 'channelsLast') => {
	const isFirst = dataFormat === 'channelsFirst';
	const axis = isFirst ? 1 : -1;
	const input = tfl.input({shape: isFirst ? [3, 8, 10] : [8, 10, 3]});
	const grown = applyAll(
		[
			layers.conv2d({
				filters: 4,
				kernelSize: 3,
				padding: 'same',
				activation: 'relu',
				name: 'convolution',
				dataFormat,
			}),
			layers.batchNormalization({axis}),
			layers.depthwiseConv2d({kernelSize: 3, depthMultiplier: 2, dataFormat}),
			layers.maxPooling2d({poolSize: 2, dataFormat}),
		],
		input,
	);
	const large = [
		layers.upSampling2d({size: [2, 2], dataFormat}),
		layers.conv2dTranspose({filters: 2, kernelSize: 2, strides: 2, dataFormat}),
	].map((layer) => apply(layer, grown));
	const padded = apply(
		layers.zeroPadding2d({
			padding: [
				[1, 0],
				[0, 2],
			],
			dataFormat,
		}),
		apply(layers.concatenate({axis}), large),
	);
	return tfl.model({
		inputs: input,
		outputs: apply(
			layers.concatenate(),
			[
				layers.globalAveragePooling2d({dataFormat}),
				layers.flatten({dataFormat}),
			].map((layer) => apply(layer, padded)),
		),
	});
};

/** A model in a model, called twice, its answers put side by side with a shared layer. */
const nested = () => {
	const inner = tfl.sequential({
		name: 'inner',
		layers: [
			layers.conv2d({
				inputShape: [6, 6, 2],
				filters: 2,
				kernelSize: 3,
				padding: 'same',
				name: 'shared_name',
			}),
			layers.batchNormalization({}),
		],
	});
	const input = tfl.input({shape: [6, 6, 2]});
	const once = apply(inner, input);
	const twice = apply(inner, once);
	const relu = layers.activation({activation: 'relu'});
	const joined = apply(layers.concatenate(), [
		apply(relu, once),
		apply(relu, twice),
	]);
	const head = layers.conv2d({filters: 3, kernelSize: 1, name: 'outer_name'});
	return tfl.model({
		inputs: input,
		outputs: apply(head, joined),
	});
};

const picture = [7, 9, 4];
const activation = (name: string) =>
	// @ts-expect-error -- the types of TensorFlow.js lack some of its own names
	layers.activation({activation: name});

const models: Readonly<Record<string, () => tfl.LayersModel>> = {
	'a strided convolution, same': chain(
		picture,
		layers.conv2d({
			filters: 3,
			kernelSize: [3, 2],
			strides: [2, 3],
			padding: 'same',
			activation: 'tanh',
		}),
	),
	'a dilated convolution, valid': chain(
		picture,
		layers.conv2d({filters: 3, kernelSize: 3, dilationRate: 2, useBias: false}),
	),
	'a depthwise convolution': chain(
		picture,
		layers.depthwiseConv2d({
			kernelSize: 3,
			strides: 2,
			padding: 'same',
			depthMultiplier: 2,
		}),
	),
	'a separable convolution': chain(
		picture,
		layers.separableConv2d({
			filters: 5,
			kernelSize: 3,
			padding: 'same',
			depthMultiplier: 2,
		}),
	),
	...Object.fromEntries(
		(['same', 'valid'] as const).flatMap((padding) =>
			[1, 2, 3, 4].map((kernelSize) => [
				`a transposed convolution of ${kernelSize}, ${padding}`,
				chain(
					picture,
					layers.conv2dTranspose({filters: 3, kernelSize, strides: 2, padding}),
				),
			]),
		),
	),
	...Object.fromEntries(
		(['same', 'valid'] as const).flatMap((padding) => [
			[
				`a maximum, ${padding}`,
				chain(picture, layers.maxPooling2d({poolSize: 3, strides: 2, padding})),
			],
			[
				`an average, ${padding}`,
				chain(
					picture,
					layers.averagePooling2d({poolSize: [2, 3], strides: 2, padding}),
				),
			],
		]),
	),
	'an average over all': chain(
		picture,
		layers.globalAveragePooling2d({}),
		layers.dense({units: 3}),
	),
	'a maximum over all': chain(
		picture,
		layers.globalMaxPooling2d({}),
		layers.dense({units: 3}),
	),
	'a flattened picture': chain(
		picture,
		layers.flatten(),
		layers.dense({units: 5, activation: 'softmax'}),
	),
	'a reshaped picture': chain(
		picture,
		layers.reshape({targetShape: [9, 28]}),
		layers.dense({units: 2}),
		layers.flatten(),
	),
	'a picture of rows': chain(
		picture,
		layers.reshape({targetShape: [63, 1, 4]}),
		layers.conv2d({filters: 2, kernelSize: 1}),
	),
	'a permuted picture': chain(
		picture,
		layers.permute({dims: [2, 1, 3]}),
		layers.conv2d({filters: 2, kernelSize: 3}),
	),
	'a dense layer over a picture': chain(
		picture,
		layers.dense({units: 3, activation: 'relu'}),
	),
	'a normalised picture': chain(
		picture,
		layers.batchNormalization({epsilon: 0.01, scale: false}),
		layers.layerNormalization({}),
	),
	'a normalised list': chain(
		[12],
		layers.dense({units: 6}),
		layers.batchNormalization({}),
		layers.layerNormalization({center: false}),
	),
	'borders, put on and cut off': chain(
		picture,
		layers.zeroPadding2d({
			padding: [
				[1, 2],
				[0, 3],
			],
		}),
		layers.cropping2D({
			cropping: [
				[2, 1],
				[1, 1],
			],
		}),
	),
	'an upsampled picture': chain(picture, layers.upSampling2d({size: [2, 3]})),
	'a bilinearly upsampled picture': chain(
		picture,
		layers.upSampling2d({size: [3, 2], interpolation: 'bilinear'}),
	),
	'a rescaled picture': chain(
		picture,
		layers.rescaling({scale: 0.5, offset: -1}),
	),
	'leaky units': chain(
		picture,
		layers.leakyReLU({alpha: 0.2}),
		layers.elu({}),
		layers.reLU({maxValue: 0.3}),
	),
	'parametric units': chain(
		picture,
		layers.prelu({sharedAxes: [1, 2]}),
		layers.prelu({}),
	),
	'layers of training only': chain(
		picture,
		layers.dropout({rate: 0.5}),
		layers.gaussianNoise({stddev: 1}),
		layers.conv2d({filters: 2, kernelSize: 1}),
	),
	'a softmax over the classes': chain(picture, layers.softmax({axis: -1})),
	...Object.fromEntries(
		(
			[
				'elu',
				'gelu',
				'gelu_new',
				'hardSigmoid',
				'linear',
				'logSoftmax',
				'mish',
				'relu6',
				'selu',
				'sigmoid',
				'softplus',
				'softsign',
				'swish',
				'tanh',
			] as const
		).map((name) => [
			`the activation ${name}`,
			chain(picture, activation(name)),
		]),
	),
	'a sum': merged(layers.add()),
	'an average of branches': merged(layers.average()),
	'a maximum of branches': merged(layers.maximum()),
	'a minimum of branches': merged(layers.minimum()),
	'a product': merged(layers.multiply()),
	'branches side by side': merged(layers.concatenate()),
	'branches below each other': merged(layers.concatenate({axis: 1})),
	'a model in a model, called twice': nested,
};

/** Built, filled, stored, and answered by TensorFlow.js. */
const prepare = async (make: () => tfl.LayersModel) => {
	const model = make();
	fillWeights(model);
	const shape = [1, ...model.inputs[0].shape.slice(1).map(Number)];
	const data = sampleData(
		shape.reduce((a, b) => a * b, 1),
		99,
	);
	const output = dataOf([model.predict(tf.tensor(data, shape))].flat()[0]);
	return {
		stored: await store(model),
		input: {shape, data},
		output,
	};
};

describe('a layers-model', () => {
	test.each(Object.entries(models))(
		'of %s answers as in TensorFlow.js',
		async (_, make) => {
			const {stored, input, output} = await prepare(make);
			for (const runtime of runtimeNames) {
				// eslint-disable-next-line no-await-in-loop -- both runtimes use all of the machine
				const found = await answer(decode(stored), input, runtime);
				expect(differenceOf(found, output), runtime).toBeLessThan(1e-5);
			}
		},
	);

	test('may have its channels first', async () => {
		const [first, last] = [laidOut('channelsFirst'), laidOut('channelsLast')];
		fillWeights(last);
		first.setWeights(last.getWeights());
		const shape = [1, 3, 8, 10];
		const data = sampleData(240, 99);
		// TensorFlow.js itself normalises a wrong axis where channels are first.
		const turned = tf.transpose(tf.tensor4d(data, [1, 3, 8, 10]), [0, 2, 3, 1]);
		const wanted = dataOf(last.predict(turned));
		const model = decode(await store(first));
		expect(model.layout).toBe('NCHW');
		for (const runtime of runtimeNames) {
			// eslint-disable-next-line no-await-in-loop -- both runtimes use all of the machine
			const found = await answer(model, {shape, data}, runtime);
			expect(differenceOf(found, wanted), runtime).toBeLessThan(1e-5);
		}

		const {values, nodes} = graphOf(model, shape);
		expect(values.get('convolution')!.shape).toEqual([1, 4, 8, 10]);
		expect(nodes.filter(({opType}) => opType === 'Transpose')).toHaveLength(1);
	});

	test('is explained by the logits before its softmax', async () => {
		const {stored, input} = await prepare(models['a flattened picture']);
		const graph = graphOf(decode(stored), input.shape);
		expect(findLogits(graph, graph.outputs[0]).name).toMatch(/:linear$/v);
	});
});

/** The weights of a stored model, quantised as the converter does it. */
const quantize = ({json, shard}: Stored, dtype: 'uint8' | 'uint16'): Stored => {
	const levels = dtype === 'uint8' ? 255 : 65_535;
	const [{weights}] = json.weightsManifest;
	const values = new Float32Array(shard.buffer);
	const bytes: number[] = [];
	let offset = 0;
	const quantized = weights.map((weight) => {
		const size = weight.shape.reduce((a, b) => a * b, 1);
		const part = [...values.subarray(offset, offset + size)];
		offset += size;
		const min = Math.min(...part);
		const scale = (Math.max(...part) - min) / levels || 1;
		for (const value of part) {
			const level = Math.round((value - min) / scale);
			bytes.push(...(dtype === 'uint8' ? [level] : [level % 256, level >> 8]));
		}

		return {
			...weight,
			quantization: {dtype, min, scale, original_dtype: 'float32' as const},
		};
	});
	return {
		json: {...json, weightsManifest: [{paths: ['shard'], weights: quantized}]},
		shard: Uint8Array.from(bytes),
	};
};

describe('quantised weights', () => {
	test.each([
		['uint8', 0.05],
		['uint16', 2e-4],
	] as const)('of %s are what they stand for', async (dtype, tolerance) => {
		const {stored, input, output} = await prepare(
			models['a separable convolution'],
		);
		const found = await answer(decode(quantize(stored, dtype)), input, 'wasm');
		const difference = differenceOf(found, output);
		expect(difference).toBeLessThan(tolerance);
		expect(difference).toBeGreaterThan(0);
	});
});

/** The text of a stored model with something in it changed. */
const changed = (
	{json, shard}: Stored,
	from: string | RegExp,
	to: string,
): Stored => ({
	// eslint-disable-next-line @typescript-eslint/no-unsafe-type-assertion -- it was such a record before
	json: JSON.parse(JSON.stringify(json).replace(from, to)) as Stored['json'],
	shard,
});

describe('a ReLU with a threshold, a slope and a maximum', () => {
	const storeIt = async (...before: readonly Layer[]) => {
		const {stored, input} = await prepare(
			chain([4, 5, 3], ...before, layers.reLU({maxValue: 1.5})),
		);
		return {
			stored: changed(
				stored,
				'"max_value":1.5',
				'"max_value":1.5,"threshold":0.5,"negative_slope":0.1',
			),
			input,
		};
	};

	test('answers as Keras defines it', async () => {
		const {stored, input} = await storeIt();
		const wanted = input.data.map((x) =>
			Math.min(x >= 0.5 ? x : 0.1 * (x - 0.5), 1.5),
		);
		for (const runtime of runtimeNames) {
			// eslint-disable-next-line no-await-in-loop -- both runtimes use all of the machine
			const found = await answer(decode(stored), input, runtime);
			expect(differenceOf(found, wanted), runtime).toBeLessThan(1e-6);
		}
	});

	test('lets layers before it be explained', async () => {
		const {stored, input} = await storeIt(
			layers.conv2d({filters: 4, kernelSize: 3, name: 'before'}),
		);
		const graph = graphOf(decode(stored), input.shape);
		expect(
			explainableValues(graph, graph.outputs[0]).map(({name}) => name),
		).toContain('before');
	});
});

describe('a layers-model that cannot be read', () => {
	test.each<[string, string, string, RegExp]>([
		[
			'a Lambda layer',
			'"class_name":"Flatten"',
			'"class_name":"Lambda"',
			/is of the class Lambda, which holds code of its own/v,
		],
		[
			'a recurrent layer',
			'"class_name":"Flatten"',
			'"class_name":"LSTM"',
			/is of the class LSTM, which works step by step through time/v,
		],
		[
			'causal padding',
			'"class_name":"Flatten"',
			'"class_name":"Conv1D"',
			/is of the class Conv1D, which works on sequences or volumes/v,
		],
		[
			'weights of another name',
			'kernel","shape',
			'core","shape',
			/^The weights "kernel" of layer dense\S* \(Dense\) are missing/v,
		],
		[
			'weights that the converter has lost',
			'"dense_',
			'"Conv/dense_',
			/^The weights "kernel" of layer Conv\/dense\S* are missing, as tensorflowjs_converter forgets/v,
		],
		[
			'weights of an unknown type',
			'"dtype":"float32"}]}]',
			'"dtype":"complex64"}]}]',
			/are of type complex64, which cannot be read/v,
		],
		[
			'an unlisted layer',
			'[["flatten',
			'[["flutten',
			/reads layer "flutten.*", which it does not list/v,
		],
		[
			'another format',
			'{"modelTopology"',
			'{"format":"other","modelTopology"',
			/of the format "other"; use a layers-model or a graph-model/v,
		],
	])('says what is wrong with %s', async (_, from, to, message) => {
		const {stored, input} = await prepare(models['a flattened picture']);
		const broken = changed(stored, from, to);
		expect(JSON.stringify(broken.json)).not.toBe(JSON.stringify(stored.json));
		const read = () => graphOf(decode(broken), input.shape);
		expect(read).toThrow(ModelError);
		expect(read).toThrow(message);
	});
});
