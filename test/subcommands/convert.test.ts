import {existsSync, readFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {describe, expect, test} from 'vitest';
import {decodeNpy} from '../../source/data/npy.js';
import {decodeOnnx} from '../../source/formats/onnx/index.js';
import {convert} from '../../source/subcommands/convert.js';
import {answer, differenceOf} from '../formats/answer.js';
import {temporaryFolder} from '../temporary-folder.js';
import {run as runSubcommand} from './run.js';

const fixtures = path.resolve(import.meta.dirname, '../../fixtures/keras');
const inFixtures = (name: string) => path.join(fixtures, name);

const readNumbers = (name: string) =>
	decodeNpy(readFileSync(inFixtures(name)), name);

const run = async (...argv: readonly string[]) => {
	const {stdout, stderr} = await runSubcommand(convert, ...argv);
	return stdout + stderr;
};

describe('convert', () => {
	test('writes an ONNX file that answers as the model', async () => {
		const target = path.join(temporaryFolder(), 'segmenter.onnx');
		const printed = await run(
			inFixtures('segmenter.keras'),
			target,
			'--input-size',
			'12x10',
		);
		expect(printed).toMatch(
			/segmenter\.onnx: input_layer\S* \[1, 12, 10, 3\] → softmax \[1, 3, 20, 16\], \d+ nodes, .* answers agree within 0/v,
		);
		const {shape, data} = readNumbers('segmenter.input.npy');
		const expected = readNumbers('segmenter.output.npy');
		const found = await answer(
			decodeOnnx(readFileSync(target)),
			{shape, data: Float32Array.from(data)},
			'onnxruntime',
		);
		expect(differenceOf(found, Float32Array.from(expected.data))).toBeLessThan(
			1e-5,
		);
	});

	test('lets any value come out', async () => {
		const target = path.join(temporaryFolder(), 'features.onnx');
		const printed = await run(
			inFixtures('classifier.h5'),
			target,
			'--output',
			'depthwise_conv2d',
		);
		expect(printed).toMatch(/→ depthwise_conv2d \[1, 8, /v);
	});

	test('writes over a file only with --force', async () => {
		const target = path.join(temporaryFolder(), 'there.onnx');
		writeFileSync(target, 'precious');
		await expect(run(inFixtures('classifier.keras'), target)).rejects.toThrow(
			/already exists; choose another name, or replace it with --force/v,
		);
		expect(readFileSync(target, 'utf8')).toBe('precious');
		await run(inFixtures('classifier.keras'), target, '--force');
		expect(readFileSync(target).byteLength).toBeGreaterThan(1000);
	});

	test('never writes over the model itself', async () => {
		const target = path.join(temporaryFolder(), 'model.onnx');
		await run(inFixtures('classifier.keras'), target);
		const before = readFileSync(target);
		await expect(run(target, target, '--force')).rejects.toThrow(
			/is the model itself/v,
		);
		expect(readFileSync(target)).toEqual(before);
	});

	test.each<[string, readonly string[], RegExp]>([
		[
			'without a name for the file',
			['classifier.keras'],
			/are needed; write gradcam-tui convert MODEL OUT\.onnx/v,
		],
		[
			'with a name for another format',
			['classifier.keras', 'out.json'],
			/does not end in \.onnx/v,
		],
		[
			'with a third argument',
			['classifier.keras', 'a.onnx', 'b.onnx'],
			/Too many arguments: ".*b\.onnx"/v,
		],
		[
			'with a size that the model does not take',
			['classifier.keras', 'a.onnx', '--input-size', '20x20'],
			/takes 15x17 pixels only/v,
		],
		[
			'with an output that is not there',
			['classifier.keras', 'a.onnx', '--output', 'none'],
			/The model has no output "none"; its outputs are dense_1/v,
		],
	])('says what is wrong %s', async (_, [model, target, ...rest], message) => {
		const folder = temporaryFolder();
		const argv = target === undefined ? [] : [path.join(folder, target)];
		await expect(
			run(
				inFixtures(model),
				...argv,
				...rest.map((word) =>
					word.endsWith('.onnx') ? path.join(folder, word) : word,
				),
			),
		).rejects.toThrow(message);
		expect(existsSync(path.join(folder, 'a.onnx'))).toBe(false);
	});
});
