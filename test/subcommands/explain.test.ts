import {readFileSync} from 'node:fs';
import {copyFile, mkdir, readdir, writeFile} from 'node:fs/promises';
import path from 'node:path';
import sharp from 'sharp';
import {describe, expect, test} from 'vitest';
import {decodeNpy, encodeNpy} from '../../source/data/npy.js';
import {ModelError, UsageError} from '../../source/errors.js';
import {explain} from '../../source/subcommands/explain.js';
import {layers} from '../../source/subcommands/layers.js';
import {temporaryFolder} from '../temporary-folder.js';
import {run} from './run.js';

const fixtures = path.resolve(import.meta.dirname, '../../fixtures/reference');
const inFixture = (...parts: string[]) => path.join(fixtures, ...parts);

/** What `--json` prints, as far as tests read it. */
type Line = {
	readonly name: string;
	readonly default: boolean;
	readonly layer: string;
	readonly method: string;
	readonly target: {
		class: number;
		label: string | null;
		x: number | null;
		y: number | null;
		logit: number;
	};
	readonly max: number;
	readonly file: string;
	readonly npy: string;
};

const parseLines = (text: string) =>
	text
		.trimEnd()
		.split('\n')
		// eslint-disable-next-line @typescript-eslint/no-unsafe-type-assertion -- what the test is about
		.map((line) => JSON.parse(line) as Line);

type Case = {
	readonly layers: Record<string, string>;
	readonly targets: ReadonlyArray<{
		class: number;
		logit: number;
		x: number;
		y: number;
	}>;
};

const readCase = (name: string) =>
	// eslint-disable-next-line @typescript-eslint/no-unsafe-type-assertion -- a fixture of ours
	JSON.parse(readFileSync(inFixture(name, 'case.json'), 'utf8')) as Case;

describe('explain', () => {
	test('prints one JSON object a line for each layer and method, and writes their files', async () => {
		const folder = temporaryFolder();
		const {layers: names, targets} = readCase('aspp');
		const target = targets[2];
		const {stdout} = await run(
			explain,
			inFixture('aspp', 'input.npy'),
			'--model',
			inFixture('aspp', 'model.onnx'),
			'--pixel',
			`${target.x},${target.y}`,
			'--class',
			`${target.class}`,
			'--layer',
			names.layer,
			'--layer',
			names.project,
			'--method',
			'grad-cam',
			'--method',
			'layercam',
			'--runtime',
			'onnxruntime',
			'--npy',
			'--json',
			'--out',
			path.join(folder, 'new', 'folder'),
		);
		const lines = parseLines(stdout);
		expect(lines.map(({layer, method}) => [layer, method])).toEqual([
			[names.layer, 'grad-cam'],
			[names.layer, 'layercam'],
			[names.project, 'grad-cam'],
			[names.project, 'layercam'],
		]);
		expect(Object.keys(lines[0])).toEqual([
			'input',
			'model',
			'runtime',
			'layer',
			'method',
			'target',
			'shape',
			'min',
			'max',
			'ms',
			'file',
			'npy',
		]);
		expect(lines[0]).toMatchObject({
			runtime: 'onnxruntime',
			target: {class: target.class, label: null, x: target.x, y: target.y},
			shape: [6, 8],
		});
		expect(Object.keys(lines[0].target)).toEqual([
			'class',
			'label',
			'x',
			'y',
			'logit',
		]);
		for (const {file, npy, method, layer, max} of lines) {
			const short = layer === names.layer ? 'layer' : 'project';
			const wanted = decodeNpy(
				readFileSync(inFixture('aspp', `${method}_${short}.npy`)),
				'wanted',
			);
			const map = decodeNpy(readFileSync(npy), 'map');
			expect(map.shape).toEqual([6, 8]);
			const size = 6 * 8;
			for (const [cell, value] of map.data.entries()) {
				expect(
					Math.abs(value - wanted.data[2 * size + cell]) / max,
				).toBeLessThan(1e-5);
			}

			// eslint-disable-next-line no-await-in-loop -- few and small
			const {width, height} = await sharp(file).metadata();
			expect([width, height]).toEqual([64, 48]);
		}
	});

	test('explains a classifier as a whole, by the predicted class and its name', async () => {
		const folder = temporaryFolder();
		const labels = path.join(folder, 'labels.txt');
		await writeFile(labels, 'a\nb\nc\nd\ne\nf\n');
		const [target] = readCase('mobile').targets;
		const {stdout} = await run(
			explain,
			inFixture('mobile', 'input.npy'),
			'--model',
			inFixture('mobile', 'model.onnx'),
			'--labels',
			labels,
			'--json',
			'--out',
			folder,
		);
		const [line] = parseLines(stdout);
		expect(line).toMatchObject({
			target: {
				class: target.class,
				label: 'abcdef'[target.class],
				x: null,
				y: null,
			},
			npy: null,
		});
		expect(line.target.logit).toBeCloseTo(target.logit, 4);
	});

	test('maps the pixels of an image to those of the network', async () => {
		const folder = temporaryFolder();
		const image = path.join(folder, 'photo.png');
		await sharp({
			create: {width: 200, height: 100, channels: 3, background: '#845'},
		})
			.png()
			.toFile(image);
		const {stdout, stderr} = await run(
			explain,
			image,
			'--model',
			inFixture('unet', 'model.onnx'),
			'--pixel',
			'199,99',
			'--out',
			folder,
		);
		expect(stdout).toMatch(/^.*photo\.png: class \d at 199,99, logit /v);
		expect(stderr).toMatch(/ImageNet/v);
		const {width, height} = await sharp(
			path.join(folder, /[^\/]*\.png$/v.exec(stdout.trimEnd())![0]),
		).metadata();
		expect([width, height]).toEqual([200, 100]);
	});

	test('weighs the input once, whatever the layers, and writes its numbers with their signs', async () => {
		const folder = temporaryFolder();
		const {layers: names} = readCase('aspp');
		const {stdout} = await run(
			explain,
			inFixture('aspp', 'input.npy'),
			'--model',
			inFixture('aspp', 'model.onnx'),
			'--pixel',
			'5,5',
			'--layer',
			names.layer,
			'--layer',
			names.project,
			'--method',
			'integrated-gradients',
			'--method',
			'guided-grad-cam',
			'--method',
			'guided-grad-cam',
			'--steps',
			'3',
			'--npy',
			'--json',
			'--out',
			folder,
		);
		const lines = parseLines(stdout);
		expect(lines.map(({layer, method}) => [layer, method])).toEqual([
			['image', 'integrated-gradients'],
			[names.layer, 'guided-grad-cam'],
			[names.project, 'guided-grad-cam'],
		]);
		const {shape, data} = decodeNpy(readFileSync(lines[0].npy), 'numbers');
		expect(shape).toEqual([3, 48, 64]);
		expect(data.some((value) => value < 0)).toBe(true);
	});

	test.each([
		['no model', ['x.png'], /--model/v],
		['no input', ['--model', 'x.onnx'], /No input/v],
		[
			'a pixel outside',
			['--pixel', '64,0'],
			/pixel 64,0 is outside the 64x48/v,
		],
		['a pixel that is none', ['--pixel', 'here'], /"here" is not a pixel/v],
		['no pixel', [], /name a pixel with --pixel X,Y/v],
		[
			'a class outside',
			['--pixel', '0,0', '--class', '5'],
			/outside the 5 classes/v,
		],
		[
			'a class without a name',
			['--pixel', '0,0', '--class', 'car'],
			/no names/v,
		],
		[
			'a method that is misspelt',
			['--pixel', '0,0', '--method', 'gradcam'],
			/did you mean grad-cam\?/v,
		],
		[
			'a layer that is misspelt',
			['--pixel', '0,0', '--layer', '/project/project.1/Relu_output_1'],
			/did you mean \/project\/project.1\/Relu_output_0\?/v,
		],
		[
			'a layer that is the logits',
			['--pixel', '0,0', '--layer', 'output'],
			/not a layer that can be explained/v,
		],
		[
			'a setting that no method takes',
			['--pixel', '0,0', '--samples', '5'],
			/samples 5 means nothing to grad-cam; .* choose smoothgrad/v,
		],
		[
			'a setting that cannot be',
			['--pixel', '0,0', '--method', 'smoothgrad', '--sigma', '-1'],
			/sigma cannot be -1/v,
		],
		[
			'a seed without anything random',
			['--pixel', '0,0', '--seed', '3'],
			/seed 3 means nothing to grad-cam/v,
		],
		[
			'a layer that no method reads',
			['--pixel', '0,0', '--method', 'saliency', '--conv-from-end', '1'],
			/means nothing to saliency, which weighs the input/v,
		],
		[
			'a name for maps that are not written',
			['--pixel', '0,0', '--figure-only', '--name', 'x'],
			/--figure-only writes no single maps, which --name is for/v,
		],
		[
			'an output that is not there',
			['--pixel', '0,0', '--output', 'nowhere'],
			/no output "nowhere"; its outputs are output/v,
		],
	])('%s is one clear error, and leaves no file', async (_, argv, message) => {
		const isWhole = argv.includes('--model') || argv[0] === 'x.png';
		const folder = temporaryFolder();
		const line = isWhole
			? argv
			: [
					inFixture('aspp', 'input.npy'),
					'--model',
					inFixture('aspp', 'model.onnx'),
					'--out',
					folder,
					...argv,
				];
		const failure: unknown = await run(explain, ...line).catch(
			(error: unknown) => error,
		);
		if (!(failure instanceof UsageError) && !(failure instanceof ModelError)) {
			throw new TypeError('there is no such error', {cause: failure});
		}

		expect(failure.message).toMatch(message);
		expect(failure.message).not.toContain('\n');
		expect(await readdir(folder)).toEqual([]);
	});
});

describe('a model file', () => {
	test('takes its manifest from beside it, and flags count more', async () => {
		const folder = temporaryFolder();
		const model = path.join(folder, 'model.onnx');
		await copyFile(inFixture('aspp', 'model.onnx'), model);
		const {layers: names} = readCase('aspp');
		await writeFile(
			path.join(folder, 'gradcam.json'),
			JSON.stringify({
				scale: 0.01,
				layer: names.project,
				labels: ['sky', 'tree', 'road', 'car', 'sign'],
			}),
		);
		const {stdout} = await run(layers, model, '--json');
		expect(parseLines(stdout).find((line) => line.default)?.name).toBe(
			names.project,
		);
		await expect(
			run(
				explain,
				inFixture('aspp', 'input.npy'),
				'--model',
				model,
				'--pixel',
				'0,0',
				'--class',
				'caar',
			),
		).rejects.toThrow(/did you mean car\?/v);
		await expect(
			run(
				explain,
				inFixture('aspp', 'input.npy'),
				'--model',
				model,
				'--pixel',
				'0,0',
				'--class',
				'car',
				'--palette',
				'voc',
			),
		).rejects.toThrow(/no class "car"; .* background, aeroplane/v);
		await writeFile(
			path.join(folder, 'gradcam.json'),
			JSON.stringify({layer: `${names.project}s`}),
		);
		await expect(
			run(
				explain,
				inFixture('aspp', 'input.npy'),
				'--model',
				model,
				'--pixel',
				'0,0',
			),
		).rejects.toThrow(`did you mean ${names.project}?`);
		await writeFile(path.join(folder, 'gradcam.json'), '{');
		await expect(run(layers, model)).rejects.toThrow(/is not JSON/v);
	});

	test.each([
		['a web page', '<html>', /web page/v],
		['something else', 'hello', /not an ONNX file/v],
		['empty', '', /empty/v],
	])('that is %s is refused', async (_, content, message) => {
		const folder = temporaryFolder();
		const model = path.join(folder, 'model.onnx');
		await writeFile(model, content);
		await expect(run(layers, model)).rejects.toThrow(message);
	});

	test('that is a folder, or not there, is refused', async () => {
		const folder = temporaryFolder();
		await mkdir(path.join(folder, 'model.onnx'));
		await expect(run(layers, path.join(folder, 'model.onnx'))).rejects.toThrow(
			/is a folder/v,
		);
		await expect(run(layers, 'nowhere.onnx')).rejects.toThrow(
			/does not exist/v,
		);
	});

	test('that comes with the program is found by its name', async () => {
		const {stdout} = await run(layers, 'signs', '--json');
		expect(parseLines(stdout).length).toBeGreaterThan(5);
		await expect(run(layers, 'sreet')).rejects.toThrow(
			'There is no model "sreet"; did you mean street?',
		);
	});
});

test('an image is not written over by its own map', async () => {
	const folder = temporaryFolder();
	const image = path.join(folder, 'photo.png');
	await sharp({create: {width: 9, height: 9, channels: 3, background: 'red'}})
		.png()
		.toFile(image);
	await expect(
		run(
			explain,
			image,
			'--model',
			'signs',
			'--out',
			folder,
			'--name',
			'{image}',
			'--force',
		),
	).rejects.toThrow(/would replace the image itself/v);
});

test.each<[string, readonly number[], number, RegExp]>([
	[
		'its channels last',
		[1, 48, 48, 3],
		0,
		/\[1, 48, 48, 3\].* save array\.transpose\(0, 3, 1, 2\)$/v,
	],
	['no batch', [3, 48, 48], 0, /\[3, 48, 48\].* save it in this shape$/v],
	[
		'what is no number',
		[1, 3, 48, 48],
		Number.NaN,
		/holds NaN; save finite numbers only$/v,
	],
])('a tensor with %s is refused', async (_, shape, value, message) => {
	const file = path.join(temporaryFolder(), 'input.npy');
	const data = new Float32Array(3 * 48 * 48).fill(value);
	await writeFile(file, encodeNpy(shape, data));
	await expect(run(explain, file, '--model', 'signs')).rejects.toThrow(message);
});
