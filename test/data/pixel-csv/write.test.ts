import {
	mkdirSync,
	readdirSync,
	readFileSync,
	statSync,
	symlinkSync,
	writeFileSync,
} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {describe, expect, test} from 'vitest';
import {UsageError} from '../../../source/errors.js';
import {outputError} from '../../../source/data/output-file.js';
import {createPixelCsvWriter} from '../../../source/data/pixel-csv/write.js';
import {temporaryFolder} from '../../temporary-folder.js';

const indices = Uint32Array.of(3, 12_345);
const weights = Float32Array.of(0.25, 1);
const lines = '3 12345\n0.2500 1.0000\n';
const none = [new Uint32Array(0), new Float32Array(0)] as const;

test('pixels follow each other, and the file has its name only when it is finished', async () => {
	const folder = temporaryFolder();
	const file = path.join(folder, 'a.csv');
	const writer = await createPixelCsvWriter(file);
	await writer.write(indices, weights);
	await writer.write(...none);
	await writer.write(indices, weights);
	expect(readdirSync(folder)).not.toContain('a.csv');
	await writer.finish();
	expect(readFileSync(file, 'utf8')).toBe(`${lines}\n\n${lines}`);
	expect(writer.length).toBe(statSync(file).size);
	expect(readdirSync(folder)).toEqual(['a.csv']);
});

test('what is larger than a buffer, and many buffers, arrive whole and in order', async () => {
	const file = path.join(temporaryFolder(), 'a.csv');
	const writer = await createPixelCsvWriter(file);
	const counts = [3, 200_000, 0, 90_000, 1, 400_000];
	for (const count of counts) {
		const many = Uint32Array.from({length: count}, (_, item) => item + count);
		// eslint-disable-next-line no-await-in-loop
		await writer.write(many, new Float32Array(count).fill(0.5));
	}

	await writer.finish();
	const written = readFileSync(file, 'latin1').split('\n');
	expect(written).toHaveLength(2 * counts.length + 1);
	for (const [pixel, count] of counts.entries()) {
		expect(written[2 * pixel]).toBe(
			Array.from({length: count}, (_, item) => item + count).join(' '),
		);
		expect(written[2 * pixel + 1]).toBe(
			Array.from({length: count}, () => '0.5000').join(' '),
		);
	}
});

test('what is discarded leaves nothing; what is finished cannot be discarded', async () => {
	const folder = temporaryFolder();
	const writer = await createPixelCsvWriter(path.join(folder, 'a.csv'));
	await writer.write(indices, weights);
	await writer.discard();
	expect(readdirSync(folder)).toEqual([]);

	const other = await createPixelCsvWriter(path.join(folder, 'b.csv'));
	await other.finish();
	await other.discard();
	expect(readdirSync(folder)).toEqual(['b.csv']);
});

test('the temporary file goes when the program ends', async () => {
	const folder = temporaryFolder();
	const listeners = process.listeners('exit');
	const writer = await createPixelCsvWriter(path.join(folder, 'a.csv'));
	const atExit = process
		.listeners('exit')
		.find((listener) => !listeners.includes(listener));
	expect(readdirSync(folder)).toHaveLength(1);
	expect(atExit).toBeDefined();
	atExit!.call(process, 0);
	expect(readdirSync(folder)).toEqual([]);
	await writer.discard();
	expect(process.listeners('exit')).toEqual(listeners);
});

test('an abort ends the writing with its reason', async () => {
	const folder = temporaryFolder();
	const controller = new AbortController();
	const writer = await createPixelCsvWriter(path.join(folder, 'a.csv'), {
		signal: controller.signal,
	});
	await writer.write(indices, weights);
	const reason = new Error('Ctrl-C');
	controller.abort(reason);
	await expect(writer.finish()).rejects.toBe(reason);
	await writer.discard();
	expect(readdirSync(folder)).toEqual([]);
});

describe('a file that exists', () => {
	test('is kept, unless it may be replaced', async () => {
		const file = path.join(temporaryFolder(), 'a.csv');
		writeFileSync(file, 'precious');
		await expect(createPixelCsvWriter(file)).rejects.toThrow(
			new UsageError(
				`The CSV "${file}" already exists; choose another with --out, or replace it with --force`,
			),
		);

		const writer = await createPixelCsvWriter(file, {force: true});
		await writer.write(indices, weights);
		expect(readFileSync(file, 'utf8')).toBe('precious');
		await writer.finish();
		expect(readFileSync(file, 'utf8')).toBe(lines);
	});

	test('is replaced where a symbolic link leads', async () => {
		const folder = temporaryFolder();
		const [real, link] = [
			path.join(folder, 'disk', 'real.csv'),
			path.join(folder, 'link.csv'),
		];
		mkdirSync(path.dirname(real));
		writeFileSync(real, 'old');
		symlinkSync(real, link);
		const writer = await createPixelCsvWriter(link, {force: true});
		await writer.write(indices, weights);
		await writer.finish();
		expect(readFileSync(real, 'utf8')).toBe(lines);
	});

	test.each(['.', '/dev/null'])(
		'but is no file (%s) is never replaced',
		async (name) => {
			await expect(
				createPixelCsvWriter(path.resolve(temporaryFolder(), name), {
					force: true,
				}),
			).rejects.toThrow('it is a folder or a device; name a file');
		},
	);
});

test('a folder that does not exist is said in words', async () => {
	const file = path.join(temporaryFolder(), 'no', 'a.csv');
	await expect(createPixelCsvWriter(file)).rejects.toThrow(
		new UsageError(
			`The CSV "${file}" cannot be written: the folder does not exist; create it first`,
		),
	);
});

describe('what the system says about a file being written', () => {
	test.each([
		['ENOSPC', 'the disk is full; free some space or write to another folder'],
		['EROFS', 'the folder is read-only; write to another one'],
		['EACCES', 'the folder may not be written to; write to another one'],
		['EIO', 'the system says EIO; check the disk'],
	])('%s is said in words', (code, words) => {
		const error = outputError(
			Object.assign(new Error(code), {code}),
			'a.csv',
			'CSV',
		);
		expect(error).toEqual(
			new UsageError(`The CSV "a.csv" cannot be written: ${words}`),
		);
	});

	test('other errors stay what they are', () => {
		const error = new RangeError('a bug');
		expect(outputError(error, 'a.csv', 'CSV')).toBe(error);
	});
});
