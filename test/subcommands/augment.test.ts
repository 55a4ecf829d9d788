import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {readdirSync, readFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import sharp from 'sharp';
import {describe, expect, test} from 'vitest';
import {temporaryFolder} from '../temporary-folder.js';

const cli = path.resolve(import.meta.dirname, '../../build/cli.js');

/** A folder that holds photo.png. */
const imageFolder = async (width = 12, height = 8) => {
	const folder = temporaryFolder();
	await sharp({create: {width, height, channels: 3, background: 'red'}})
		.png()
		.toFile(path.join(folder, 'photo.png'));
	return folder;
};

const start = (folder: string, args: readonly string[]) => {
	const child = spawn(process.execPath, [cli, 'augment', ...args], {
		cwd: folder,
	});
	const output = {stdout: '', stderr: ''};
	for (const name of ['stdout', 'stderr'] as const) {
		child[name].setEncoding('utf8').on('data', (text: string) => {
			output[name] += text;
		});
	}

	const ended = once(child, 'close').then(([code]: unknown[]) => ({
		code,
		...output,
	}));
	return {child, ended};
};

const run = async (folder: string, ...args: readonly string[]) =>
	start(folder, args).ended;

test('a synthetic CSV is written beside the image, and called so', async () => {
	const folder = await imageFolder();
	const {code, stdout, stderr} = await run(folder, 'photo.png');
	expect({code, stderr}).toEqual({code: 0, stderr: ''});
	expect(stdout).toMatch(
		/^Wrote photo\.csv: \d+ kB of synthetic points for 96 pixels in 1 s\.\n$/v,
	);
	expect(
		readFileSync(path.join(folder, 'photo.csv'), 'utf8').split('\n'),
	).toHaveLength(2 * 96 + 1);
});

test('--out, --seed and --points-per-pixel are obeyed', async () => {
	const folder = await imageFolder();
	await run(
		folder,
		'photo.png',
		'--out',
		'a.csv',
		'--seed',
		'7',
		'--points-per-pixel',
		'3',
	);
	await run(
		folder,
		'photo.png',
		'--out',
		'b.csv',
		'--seed',
		'8',
		'--points-per-pixel',
		'3',
	);
	const [a, b] = ['a.csv', 'b.csv'].map((name) =>
		readFileSync(path.join(folder, name), 'utf8'),
	);
	expect(a).not.toBe(b);
	expect(Math.max(...a.split('\n').map((line) => line.split(' ').length))).toBe(
		3,
	);
});

test('Ctrl-C leaves nothing behind and says so', async () => {
	const folder = await imageFolder(2000, 2000);
	const {child, ended} = start(folder, ['photo.png']);
	while (readdirSync(folder).length === 1) {
		// eslint-disable-next-line no-await-in-loop
		await new Promise((resolve) => {
			setTimeout(resolve, 20);
		});
	}

	child.kill('SIGINT');
	expect(await ended).toEqual({
		code: 130,
		stdout: '',
		stderr: 'Stopped; photo.csv was not written.\n',
	});
	expect(readdirSync(folder)).toEqual(['photo.png']);
});

describe('wrong input ends with one line and code 2', () => {
	test.each([
		[[], 'No image is named; write gradcam-tui augment IMAGE'],
		[['photo.png', 'b'], '"b" comes after IMAGE'],
		[['none.png'], 'The image "none.png" does not exist; check the path'],
		[
			['photo.png', '--seed', '1.5'],
			'--seed cannot be 1.5; write a whole number from 0',
		],
		[
			['photo.png', '--points-per-pixel', '0'],
			'--points-per-pixel cannot be 0; write a whole number from 1 to 10000',
		],
		[
			['photo.png', '--out', 'no/a.csv'],
			'The CSV "no/a.csv" cannot be written: the folder does not exist; create it first',
		],
		[
			['photo.png', '--out', './photo.png', '--force'],
			'The CSV would replace the image "photo.png"; name another file with --out',
		],
		[
			['photo.png', '--out', 'old.csv'],
			'The CSV "old.csv" already exists; choose another with --out, or replace it with --force',
		],
	])('%j says what is wrong', async (args, message) => {
		const folder = await imageFolder();
		writeFileSync(path.join(folder, 'old.csv'), 'old');
		const {code, stdout, stderr} = await run(folder, ...args);
		expect({code, stdout}).toEqual({code: 2, stdout: ''});
		expect(stderr).toContain(message);
		expect(stderr.trimEnd()).not.toContain('\n');
		expect(readFileSync(path.join(folder, 'old.csv'), 'utf8')).toBe('old');
	});
});
