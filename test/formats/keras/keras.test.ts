import {readFileSync} from 'node:fs';
import path from 'node:path';
import {strFromU8, strToU8, unzipSync, zipSync} from 'fflate';
import h5wasm from 'h5wasm';
import {describe, expect, test} from 'vitest';
import {decodeNpy} from '../../../source/data/npy.js';
import {ModelError} from '../../../source/errors.js';
import {decodeKerasArchive} from '../../../source/formats/keras/archive.js';
import {decodeKerasH5} from '../../../source/formats/keras/h5.js';
import {answer, differenceOf, graphOf, runtimeNames} from '../answer.js';

const folder = path.resolve(import.meta.dirname, '../../../fixtures/keras');
const read = (name: string) => readFileSync(path.join(folder, name));
const readNumbers = (name: string) => {
	const {shape, data} = decodeNpy(read(name), name);
	return {shape, data: Float32Array.from(data)};
};

const formats = {keras: decodeKerasArchive, h5: decodeKerasH5} as const;

describe.each(['classifier', 'segmenter', 'transformer'])(
	'the %s',
	(network) => {
		const input = readNumbers(`${network}.input.npy`);
		const output = readNumbers(`${network}.output.npy`);
		describe.each(Object.entries(formats))('as .%s', (suffix, decode) => {
			test.each(runtimeNames)('answers as in Keras on %s', async (runtime) => {
				const model = await decode(read(`${network}.${suffix}`));
				const found = await answer(model, input, runtime);
				expect(differenceOf(found, output.data)).toBeLessThan(1e-5);
			});
		});
	},
);

test.each(['classifier', 'segmenter'])(
	'the %s is turned once, where the image comes in',
	async (network) => {
		const model = await decodeKerasArchive(read(`${network}.keras`));
		const {shape} = readNumbers(`${network}.input.npy`);
		const {nodes, inputs} = graphOf(model, shape);
		const turned = nodes.filter(
			({opType, attributes}) =>
				opType === 'Transpose' &&
				Array.isArray(attributes.perm) &&
				attributes.perm.length === 4,
		);
		expect(turned.map((node) => node.inputs)).toEqual([[inputs[0].name]]);
		expect(model.layout).toBe('NHWC');
	},
);

/** An archive with some of its files changed. */
const changed = (
	name: string,
	change: (config: string) => string,
): Uint8Array => {
	const files = unzipSync(read(name));
	return zipSync({
		...files,
		'config.json': strToU8(change(strFromU8(files['config.json']))),
	});
};

/** An `.h5` file with these texts as its attributes and nothing else. */
const h5File = async (attributes: Readonly<Record<string, string>>) => {
	const {FS} = await h5wasm.ready;
	const file = new h5wasm.File('made.h5', 'w');
	for (const [name, text] of Object.entries(attributes)) {
		file.create_attribute(name, text);
	}

	file.close();
	return FS.readFile('made.h5');
};

test.each<[string, string, string, RegExp]>([
	[
		'a mask',
		'"kwargs": {"query"',
		'"kwargs": {"attention_mask": [[true]], "query"',
		/^Layer multi_head_attention has "attention_mask": \[\[true\]\], which is not known; convert/v,
	],
	[
		'scores that are no products',
		'"score_mode": "dot"',
		'"score_mode": "concat"',
		/^Layer attention has "score_mode": "concat", which is not known; use "dot"$/v,
	],
	[
		'windows of several sizes',
		'"output_size": [3, 6]',
		'"output_size": [4, 6]',
		/^Layer adaptive_average_pooling2d pools 6x6 to 4x6, in windows of several sizes, which is not known; choose/v,
	],
	[
		'a part that is larger',
		'"height": 12',
		'"height": 15',
		/^Layer center_crop crops 14x14 to 15x12, which is larger; choose a larger input size$/v,
	],
	[
		'channels of a sequence first',
		'"data_format": "channels_last", "keepdims": false',
		'"data_format": "channels_first", "keepdims": false',
		/^Layer global_average_pooling1d has the channels of a sequence first \(\[1, 6, 8\]\); save/v,
	],
	[
		'channels that are neither the last axis nor the first',
		'"groups": 4, "axis": -1',
		'"groups": 4, "axis": 2',
		/^Layer group_normalization normalises the axes 2 of 4, not the last one; use/v,
	],
])('says that it cannot read a layer with %s', async (_, from, to, message) => {
	const make = changed('transformer.keras', (config) => {
		expect(config.includes(from)).toBe(true);
		return config.replace(from, to);
	});
	const model = await decodeKerasArchive(make);
	expect(() => graphOf(model, [1, 14, 14, 3])).toThrow(message);
});

describe('a file of Keras that cannot be read', () => {
	test.each<[string, () => Uint8Array, RegExp]>([
		[
			'a Lambda layer',
			() =>
				changed('classifier.keras', (config) =>
					config.replace('"class_name": "Rescaling"', '"class_name": "Lambda"'),
				),
			/^Layer rescaling is of the class Lambda, which holds code of its own, which is never run; replace/v,
		],
		[
			'a layer of its own',
			() =>
				changed('classifier.keras', (config) =>
					config.replace('"class_name": "ReLU"', '"class_name": "MyReLU"'),
				),
			/^Layer re_lu is of the class MyReLU, which is not known; these are: .*Conv2D/v,
		],
		[
			'an activation of its own',
			() =>
				changed('classifier.keras', (config) =>
					config.replace('"activation": "gelu"', '"activation": "mine"'),
				),
			/activation "mine", which is not known; these are: .*gelu/v,
		],
		[
			'weights that are missing',
			() =>
				changed('classifier.keras', (config) =>
					config.replaceAll('"use_bias": false', '"use_bias": true'),
				),
			/^The weights "bias" of layer conv2d \(Conv2D\) are missing; save the model with its weights/v,
		],
		[
			'a config that is no JSON',
			() => changed('classifier.keras', (config) => config.slice(0, 100)),
			/"config\.json" is not JSON; save the model again/v,
		],
		[
			'no config at all',
			() => zipSync({'other.txt': strToU8('hello')}),
			/holds no model of Keras \(config\.json and model\.weights\.h5\)/v,
		],
		[
			'an archive cut short',
			() => read('classifier.keras').subarray(0, 4000),
			/damaged or cut short; get a fresh copy/v,
		],
		[
			'weights cut short',
			() => {
				const files = unzipSync(read('classifier.keras'));
				return zipSync({
					...files,
					'model.weights.h5': files['model.weights.h5'].subarray(0, 1000),
				});
			},
			/HDF5 file, or is cut short; get a fresh copy/v,
		],
	])('says what is wrong with %s', async (_, make, message) => {
		const model = (async () =>
			graphOf(await decodeKerasArchive(make()), [1, 15, 17, 3]))();
		await expect(model).rejects.toThrow(ModelError);
		await expect(model).rejects.toThrow(message);
	});

	test('does not unpack an archive that claims to be huge', async () => {
		const bytes = zipSync({'metadata.json': new Uint8Array(2 ** 20 + 1)});
		await expect(decodeKerasArchive(bytes)).rejects.toThrow(
			/would unpack to 1048577 bytes, which no model has/v,
		);
	});

	test.each<[string, Readonly<Record<string, string>>, RegExp]>([
		[
			'weights without a model',
			{backend: 'tensorflow'},
			/no "model_config"\); save the whole model/v,
		],
		[
			'a config that is no JSON',
			{model_config: '{"class_name":'},
			/"model_config"\) is not JSON/v,
		],
		[
			'a model class of its own',
			{model_config: '{"class_name": "MyModel", "config": {}}'},
			/of the class MyModel, which is code that no file holds/v,
		],
	])('says what is wrong with an .h5 of %s', async (_, attributes, message) => {
		await expect(decodeKerasH5(await h5File(attributes))).rejects.toThrow(
			message,
		);
	});
});
