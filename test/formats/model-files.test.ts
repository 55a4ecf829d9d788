import {mkdirSync, symlinkSync, writeFileSync} from 'node:fs';
import {mkdir, readFile} from 'node:fs/promises';
import path from 'node:path';
import {strToU8, zipSync} from 'fflate';
import {describe, expect, test} from 'vitest';
import {readModelFile} from '../../source/compute/model/read-model.js';
import {ModelError} from '../../source/errors.js';
import {temporaryFolder} from '../temporary-folder.js';
import {makeGraph} from './tfjs/reference.js';

const shape = [1, 6, 8, 4];
const {json, shard} = makeGraph(shape, {b: {shape: [4], data: [1, 2, 3, 4]}}, [
	{name: 'y', op: 'BiasAdd', input: ['x', 'b']},
]);

/** A model of TensorFlow.js whose weights lie in these shards. */
const writeModel = (folder: string, paths: readonly string[]): string => {
	const file = path.join(folder, 'model.json');
	const [{weights}] = json.weightsManifest;
	writeFileSync(
		file,
		JSON.stringify({...json, weightsManifest: [{paths, weights}]}),
	);
	return file;
};

describe('the shards of a model', () => {
	test('are put together in the order that they are listed in', async () => {
		const folder = temporaryFolder();
		await mkdir(path.join(folder, 'weights'));
		const paths = Array.from(
			{length: shard.length},
			(_, index) => `weights/${index}`,
		);
		for (const [index, name] of paths.entries()) {
			writeFileSync(path.join(folder, name), shard.subarray(index, index + 1));
		}

		const model = await readModelFile(writeModel(folder, paths));
		expect(model.constants.get('b')!.data).toEqual(Float32Array.of(1, 2, 3, 4));
	});

	test.each<[string, (folder: string) => string, RegExp]>([
		[
			'missing',
			() => 'shard',
			/: The weights lie in "shard", which is not there; put it into the model's folder$/v,
		],
		[
			'short',
			(folder) => {
				writeFileSync(path.join(folder, 'shard'), shard.subarray(1));
				return 'shard';
			},
			/: The weights in "shard" are too short: 15 bytes where the model lists 16; get a fresh copy$/v,
		],
		[
			'long',
			(folder) => {
				writeFileSync(path.join(folder, 'shard'), [...shard, 0].join(''));
				return 'shard';
			},
			/: The weights in "shard" are too long/v,
		],
		[
			'above the folder',
			() => '../shard',
			/"\.\.\/shard", which is not a file inside the model's folder/v,
		],
		[
			'at an absolute path',
			() => '/etc/hostname',
			/"\/etc\/hostname", which is not a file inside the model's folder/v,
		],
		[
			'behind a link that leads out',
			(folder) => {
				symlinkSync('/etc/hostname', path.join(folder, 'shard'));
				return 'shard';
			},
			/"shard", which is not a file inside the model's folder/v,
		],
		[
			'a folder',
			(folder) => {
				mkdirSync(path.join(folder, 'shard'));
				return 'shard';
			},
			/"shard", which is not a file inside the model's folder/v,
		],
	])('are refused when one is %s', async (_, make, message) => {
		const folder = temporaryFolder();
		const file = writeModel(folder, [make(folder)]);
		await expect(readModelFile(file)).rejects.toThrow(ModelError);
		await expect(readModelFile(file)).rejects.toThrow(message);
		await expect(readModelFile(file)).rejects.toThrow(file);
	});
});

describe('a file that is no model', () => {
	test.each<[string, string, Uint8Array, RegExp]>([
		[
			'JSON cut short',
			'model.json',
			strToU8('{"modelTopology": {'),
			/is not JSON, or is cut short/v,
		],
		[
			'JSON of something else',
			'package.json',
			strToU8('{"name": "x"}'),
			/holds no model \(no "modelTopology"\)/v,
		],
		[
			'a list of names',
			'labels.json',
			strToU8(' ["road", "car"]'),
			/holds no model \(no "modelTopology"\)/v,
		],
		[
			'a model without weights',
			'model.json',
			strToU8('{"modelTopology": {"node": []}}'),
			/lists no weights/v,
		],
		[
			'a topology without layers',
			'model.json',
			strToU8('{"modelTopology": {}, "weightsManifest": []}'),
			/neither layers nor a graph/v,
		],
		[
			'a PyTorch archive',
			'model.pt',
			zipSync({'archive/data.pkl': strToU8('x')}),
			/PyTorch pickle.*import torch; .*torch\.load.*torch\.onnx\.export\(/v,
		],
		[
			'a pickle',
			'model.pth',
			Uint8Array.of(0x80, 2, 0x8a, 10),
			/PyTorch pickle/v,
		],
		[
			'a TensorFlow Lite model',
			'model.tflite',
			strToU8('\u001C\0\0\0TFL3abc'),
			/TensorFlow Lite model.*tf2onnx\.convert --tflite/v,
		],
		[
			'a frozen graph',
			'graph.pb',
			strToU8('\n\u0005abc'),
			/frozen graph.*tf2onnx\.convert --graphdef/v,
		],
		[
			'an HDF5 file cut short',
			'model.h5',
			Uint8Array.of(0x89, 0x48, 0x44, 0x46, 13, 10, 26, 10),
			/not an HDF5 file, or is cut short|damaged HDF5 file/v,
		],
	])('is refused with a remedy: %s', async (_, name, bytes, message) => {
		const file = path.join(temporaryFolder(), name);
		writeFileSync(file, bytes);
		await expect(readModelFile(file)).rejects.toThrow(ModelError);
		await expect(readModelFile(file)).rejects.toThrow(message);
	});

	test('is refused with a remedy: a SavedModel, by its folder', async () => {
		const folder = temporaryFolder();
		writeFileSync(path.join(folder, 'saved_model.pb'), 'x');
		await expect(readModelFile(folder)).rejects.toThrow(
			/tf2onnx\.convert --saved-model/v,
		);
	});
});

test('a format is told by how a file begins, not by its name', async () => {
	const fixture = path.resolve(
		import.meta.dirname,
		'../../fixtures/keras/classifier.keras',
	);
	const file = path.join(temporaryFolder(), 'model.bin');
	writeFileSync(file, await readFile(fixture));
	const model = await readModelFile(file);
	expect(model.inputs[0].shape).toEqual([undefined, 15, 17, 3]);
});
