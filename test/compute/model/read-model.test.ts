import {mkdirSync, symlinkSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {create, toBinary} from '@bufbuild/protobuf';
import {describe, expect, test} from 'vitest';
import {hashModel} from '../../../source/compute/model/hash-model.js';
import {readModelFile} from '../../../source/compute/model/read-model.js';
import {
	ModelProtoSchema,
	TensorProto_DataLocation,
} from '../../../source/formats/onnx/onnx_pb.js';
import {temporaryFolder} from '../../temporary-folder.js';

/** Writes a model whose four weights lie in another file, from the second number on. */
const writeModel = (folder: string, location: string): string => {
	const file = path.join(folder, 'model.onnx');
	const dimensions = [1n, 4n].map((size) => ({
		value: {case: 'dimValue' as const, value: size},
	}));
	const type = {
		value: {
			case: 'tensorType' as const,
			value: {elemType: 1, shape: {dim: dimensions}},
		},
	};
	writeFileSync(
		file,
		toBinary(
			ModelProtoSchema,
			create(ModelProtoSchema, {
				irVersion: 8n,
				opsetImport: [{version: 17n}],
				graph: {
					node: [{opType: 'Mul', input: ['x', 'w'], output: ['y']}],
					initializer: [
						{
							name: 'w',
							dataType: 1,
							dims: [4n],
							dataLocation: TensorProto_DataLocation.EXTERNAL,
							externalData: Object.entries({
								location,
								offset: '4',
								length: '16',
							}).map(([key, value]) => ({key, value})),
						},
					],
					input: [{name: 'x', type}],
					output: [{name: 'y', type}],
				},
			}),
		),
	);
	return file;
};

const weights = new Uint8Array(Float32Array.of(9, 1, 2, 3, 4).buffer);

describe('weights in another file', () => {
	test('are read from beside the model', async () => {
		const folder = temporaryFolder();
		mkdirSync(path.join(folder, 'data'));
		writeFileSync(path.join(folder, 'data', 'w.bin'), weights);
		const {constants} = await readModelFile(writeModel(folder, 'data/w.bin'));
		expect(constants.get('w')!.data).toEqual(Float32Array.of(1, 2, 3, 4));
	});

	test('are part of what tells a model from another', async () => {
		const folder = temporaryFolder();
		const file = writeModel(folder, 'w.bin');
		const hashes = [];
		for (const bytes of [weights, weights.toReversed(), weights]) {
			writeFileSync(path.join(folder, 'w.bin'), bytes);
			// eslint-disable-next-line no-await-in-loop -- each reads the same file
			hashes.push(await hashModel(await readModelFile(file)));
		}

		expect(hashes[1]).not.toBe(hashes[0]);
		expect(hashes[2]).toBe(hashes[0]);
	});

	test('are never read from outside its folder', async () => {
		const folder = temporaryFolder();
		const inner = path.join(folder, 'inner');
		mkdirSync(inner);
		const outside = path.join(folder, 'w.bin');
		writeFileSync(outside, weights);
		symlinkSync(outside, path.join(inner, 'link.bin'));
		for (const location of ['../w.bin', outside, 'link.bin', '.']) {
			// eslint-disable-next-line no-await-in-loop -- each writes the same file
			await expect(readModelFile(writeModel(inner, location))).rejects.toThrow(
				/not a file inside the model's folder/v,
			);
		}
	});

	test('that are missing or cut short are named', async () => {
		const folder = temporaryFolder();
		const model = writeModel(folder, 'w.bin');
		await expect(readModelFile(model)).rejects.toThrow(
			/"w.bin", which is not there/v,
		);
		writeFileSync(path.join(folder, 'w.bin'), weights.subarray(0, 10));
		await expect(readModelFile(model)).rejects.toThrow(/cut short/v);
	});
});
