import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {existsSync, readdirSync, readFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import sharp from 'sharp';
import {describe, expect, test} from 'vitest';
import {temporaryFolder} from '../temporary-folder.js';

const root = path.resolve(import.meta.dirname, '../..');
const cli = path.join(root, 'build/cli.js');
const model = path.join(root, 'fixtures/reference/aspp/model.onnx');

/** A folder that holds pictures of these names. */
const folderWith = async (...names: readonly string[]) => {
	const folder = temporaryFolder();
	for (const [index, name] of names.entries()) {
		const background = {r: 60 * index, g: 120, b: 200};
		// eslint-disable-next-line no-await-in-loop
		await sharp({
			create: {width: 32, height: 24, channels: 3, background},
		}).toFile(path.join(folder, name));
	}

	return folder;
};

const run = async (folder: string, ...args: readonly string[]) => {
	const child = spawn(process.execPath, [cli, 'precompute', ...args], {
		cwd: folder,
	});
	const output = {stdout: '', stderr: ''};
	for (const name of ['stdout', 'stderr'] as const) {
		child[name].setEncoding('utf8').on('data', (text: string) => {
			output[name] += text;
		});
	}

	await once(child, 'close');
	return {code: child.exitCode, ...output};
};

describe('precompute', () => {
	test('is stopped by Ctrl-C between two passes, and goes on from there', async () => {
		const folder = temporaryFolder();
		await sharp({
			create: {width: 640, height: 480, channels: 3, background: '#47a'},
		}).toFile(path.join(folder, 'photo.png'));
		const args = ['photo.png', '--model', model, '--stride', '2'];
		const child = spawn(process.execPath, [cli, 'precompute', ...args], {
			cwd: folder,
		});
		let stderr = '';
		child.stderr.setEncoding('utf8').on('data', (text: string) => {
			stderr += text;
		});
		const ended = once(child, 'close');
		while (readdirSync(folder).length === 1 && child.exitCode === null) {
			// eslint-disable-next-line no-await-in-loop
			await new Promise((resolve) => {
				setTimeout(resolve, 2);
			});
		}

		child.kill('SIGINT');
		await ended;
		expect(child.exitCode).toBe(130);
		expect(stderr).toMatch(/Stopped; the same command goes on from here\.\n$/v);
		const again = await run(folder, ...args);
		expect(again.code).toBe(0);
	});

	test('writes the CSV, what made it and what the network sees, and how to open them', async () => {
		const folder = await folderWith('photo.png');
		const {code, stdout} = await run(folder, 'photo.png', '--model', model);
		expect(code).toBe(0);
		expect(stdout).toMatch(
			/^Wrote photo\.csv: \d+ kB for \d+ pixels in \d+ s.*\.\nTo explore it: gradcam-tui photo\.png photo-segmentation\.png photo\.csv\n$/v,
		);
		expect(readdirSync(folder).toSorted()).toEqual([
			'photo-segmentation.json',
			'photo-segmentation.png',
			'photo.csv',
			'photo.csv.json',
			'photo.png',
		]);
		const lines = readFileSync(path.join(folder, 'photo.csv'), 'latin1');
		expect(lines.split('\n')).toHaveLength(2 * 32 * 24 + 1);
	});

	test('prints one JSON object, and nothing else', async () => {
		const folder = await folderWith('photo.png');
		const args = ['photo.png', '--model', model, '--json', '--stride', '4'];
		const {stdout} = await run(folder, ...args);
		const summary: unknown = JSON.parse(stdout);
		expect(summary).toMatchObject({
			model,
			images: [
				{
					image: 'photo.png',
					csv: 'photo.csv',
					record: 'photo.csv.json',
					segmentation: 'photo-segmentation.png',
					state: 'written',
					width: 32,
					height: 24,
					method: 'grad-cam',
					skipped: 32 * 24 - 8 * 6,
				},
			],
		});
	});

	test('gives each of several images a folder that opens as a case; a bad one is said, and the others are done', async () => {
		const folder = await folderWith('a.jpg', 'b.png');
		writeFileSync(path.join(folder, 'bad.png'), 'not a picture');
		const images = ['a.jpg', 'bad.png', 'b.png'];
		const {code, stderr} = await run(
			folder,
			...images,
			'--model',
			model,
			'--out',
			'cases',
		);
		expect(code).toBe(1);
		expect(stderr).toContain('error: The image "bad.png" is not a picture');
		expect(readdirSync(path.join(folder, 'cases')).toSorted()).toEqual([
			'a',
			'b',
		]);
		expect(readdirSync(path.join(folder, 'cases/a')).toSorted()).toEqual([
			'a-segmentation.json',
			'a-segmentation.png',
			'a.csv',
			'a.csv.json',
			'a.jpg',
		]);
		expect(existsSync(path.join(folder, 'cases/b/b.png'))).toBe(true);
	});
});

describe('a mistake is said in one line', () => {
	test.each([
		[[], 'No image is named'],
		[['photo.png'], 'No model is given'],
		[['photo.png', '--model', model, '--top', '0'], '--top cannot be 0'],
		[
			['photo.png', '--model', model, '--stride', '1.5'],
			'--stride cannot be 1.5',
		],
		[
			['photo.png', '--model', model, '--threshold', '2'],
			'--threshold cannot be 2',
		],
		[
			['photo.png', '--model', model, '--class', '99'],
			'Class 99 is outside the 5 classes',
		],
		[
			['photo.png', '--model', model, '--layer', 'nowhere'],
			'There is no layer "nowhere"',
		],
		[
			['photo.png', '--model', model, '--class', '1', '--seg', 'photo.png'],
			'both say which class',
		],
		[
			// Before the model, which is none, is read.
			['none.png', '--model', 'photo.png'],
			'The image "none.png" does not exist; check the path',
		],
		[
			['photo.png', '--model', model, '--seg', 'none.png'],
			'The segmentation "none.png" does not exist; check the path',
		],
		[
			['photo.png', '--model', model, '--seg', 'photo.png'],
			'The mask "photo.png" has no class of the network, only unknown (0, 120, 200); say what its colours mean with --palette',
		],
		[
			['photo.png', 'b.png', '--model', model, '--out', 'x.csv'],
			'names one CSV for 2 images',
		],
		[['photo.png', 'sub/photo.png', '--model', model], 'have the same name'],
		[
			['photo.png', '--model', path.join(root, 'models/signs/model.onnx')],
			'is a classifier',
		],
	])('%j', async (args, message) => {
		const folder = await folderWith('photo.png');
		const {code, stdout, stderr} = await run(folder, ...args);
		expect(code).toBe(2);
		expect(stdout).toBe('');
		expect(stderr.trimEnd().split('\n').at(-1)).toContain(message);
		expect(stderr).not.toContain('    at ');
	});

	test('a CSV that something else made is left as it is', async () => {
		const folder = await folderWith('photo.png');
		writeFileSync(path.join(folder, 'photo.csv'), 'mine');
		const {code, stderr} = await run(folder, 'photo.png', '--model', model);
		expect(code).toBe(2);
		expect(stderr).toContain('"photo.csv" exists already; name another');
		expect(readFileSync(path.join(folder, 'photo.csv'), 'utf8')).toBe('mine');
	});
});
