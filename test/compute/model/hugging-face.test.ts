import {mkdirSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {describe, expect, test} from 'vitest';
import {readHuggingFace} from '../../../source/compute/model/hugging-face.js';
import {readManifest} from '../../../source/compute/model/read-manifest.js';
import {temporaryFolder} from '../../temporary-folder.js';

const config = {
	architectures: ['ViTForImageClassification'],
	id2label: {1: 'dog', 0: 'cat'},
};
const processor = {
	do_normalize: true,
	image_mean: [0.5, 0.5, 0.5],
	image_std: [0.5, 0.5, 0.5],
};

const modelBeside = (files: Readonly<Record<string, unknown>>, inner = '') => {
	const folder = temporaryFolder();
	for (const [name, json] of Object.entries(files)) {
		const text = typeof json === 'string' ? json : JSON.stringify(json);
		writeFileSync(path.join(folder, name), text);
	}

	mkdirSync(path.join(folder, inner), {recursive: true});
	return path.join(folder, inner, 'model.onnx');
};

describe('the files of Hugging Face beside a model', () => {
	test('name the classes and say how pixels are normalised', async () => {
		const found = await readHuggingFace(
			modelBeside({
				'config.json': config,
				'preprocessor_config.json': processor,
			}),
		);
		expect(found).toEqual({
			manifest: {scale: 1 / 255, mean: [0.5, 0.5, 0.5], std: [0.5, 0.5, 0.5]},
			labels: ['cat', 'dog'],
			notes: [
				'classes are named as in config.json',
				'pixels are normalised as in preprocessor_config.json',
			],
		});
	});

	test('lie one folder up where the model is in onnx/', async () => {
		const model = modelBeside({'config.json': config}, 'onnx');
		const {labels} = await readHuggingFace(model);
		expect(labels).toEqual(['cat', 'dog']);
	});

	test('may say that pixels are not normalised, are BGR and cut to the middle', async () => {
		const {manifest} = await readHuggingFace(
			modelBeside({
				'preprocessor_config.json': {
					do_rescale: true,
					rescale_factor: 0.5,
					do_center_crop: true,
					do_flip_channel_order: true,
				},
			}),
		);
		expect(manifest).toEqual({
			scale: 0.5,
			mean: [0],
			std: [1],
			resize: 'crop',
			channelOrder: 'BGR',
		});
	});

	test('name nothing where outputs are queries, or the files are broken or not theirs', async () => {
		const nothing = {manifest: {}, labels: undefined, notes: []};
		expect(
			await readHuggingFace(
				modelBeside({
					'config.json': {
						...config,
						architectures: ['MaskFormerForInstanceSegmentation'],
					},
				}),
			),
		).toEqual(nothing);
		expect(
			await readHuggingFace(
				modelBeside({
					'config.json': '{',
					'preprocessor_config.json': {depth: 3},
				}),
			),
		).toEqual(nothing);
		expect(await readHuggingFace(modelBeside({}))).toEqual(nothing);
	});

	test('give way to gradcam.json and to a preset', async () => {
		const found = {scale: 1 / 255, mean: [0.5], std: [0.5]};
		const model = modelBeside({'gradcam.json': {mean: [0.1]}});
		expect(await readManifest(model, {}, found)).toMatchObject({
			mean: [0.1],
			std: [0.5],
		});
		expect(await readManifest(model, {preset: 'caffe'}, found)).toEqual({
			preset: 'caffe',
		});
		expect(
			await readManifest(
				modelBeside({'gradcam.json': {preset: 'tf'}}),
				{},
				found,
			),
		).toEqual({preset: 'tf'});
	});
});
