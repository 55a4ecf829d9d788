import {spawnSync} from 'node:child_process';
import {
	chmodSync,
	readdirSync,
	readFileSync,
	statSync,
	symlinkSync,
	writeFileSync,
} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {describe, expect, test} from 'vitest';
import {makeFolder, writeWhole} from '../../source/data/output-file.js';
import {UsageError} from '../../source/errors.js';
import {temporaryFolder} from '../temporary-folder.js';

const inFolder = (name: string) => path.join(temporaryFolder(), name);

describe('A file is written whole or not at all', () => {
	test('under its own name, with nothing left beside it', async () => {
		const file = inFolder('points.json');
		await writeWhole(file, 'one', 'points file');
		await writeWhole(file, 'two', 'points file');
		expect(readFileSync(file, 'utf8')).toBe('two');
		expect(readdirSync(path.dirname(file))).toEqual(['points.json']);
	});

	test('what it replaces keeps its permissions, and a link stays a link', async () => {
		const file = inFolder('points.json');
		writeFileSync(file, 'old');
		chmodSync(file, 0o640);
		const link = `${file}.link`;
		symlinkSync(file, link);
		await writeWhole(link, 'new', 'points file');
		expect(readFileSync(file, 'utf8')).toBe('new');
		expect(statSync(file).mode % 0o1000).toBe(0o640);
	});

	// The system writes as much as fits and reports no error until the next write, as a disk does that runs full.
	test.skipIf(process.platform === 'win32')(
		'a disk that takes only its beginning leaves the old one',
		() => {
			const file = inFolder('points.json');
			writeFileSync(file, 'old');
			const script = `
				import {writeWhole} from ${JSON.stringify(path.resolve('source/data/output-file.ts'))};
				await writeWhole(${JSON.stringify(file)}, 'x'.repeat(100_000), 'points file').catch((error) => {
					console.log(error.message);
				});
			`;
			const {stdout} = spawnSync(
				'bash',
				[
					'-c',
					'ulimit -f 8 && exec "$0" --import tsx --input-type=module --eval "$1"',
					process.execPath,
					script,
				],
				{encoding: 'utf8', env: {...process.env, TSX_DISABLE_CACHE: '1'}},
			);
			expect(stdout).toContain(
				`The points file "${file}" cannot be written: the file system takes no file of this size`,
			);
			expect(readFileSync(file, 'utf8')).toBe('old');
			expect(readdirSync(path.dirname(file))).toEqual(['points.json']);
		},
	);
});

describe('A folder is made', () => {
	test('with those that it lies in, unless it is there', () => {
		const folder = inFolder('a/b/c');
		makeFolder(folder);
		makeFolder(folder);
		expect(statSync(folder).isDirectory()).toBe(true);
	});

	test('unless a file has its name', () => {
		const file = inFolder('a');
		writeFileSync(file, '');
		expect(() => {
			makeFolder(file);
		}).toThrow(
			new UsageError(
				`The folder "${file}" cannot be written: a file has this name; choose another one`,
			),
		);
		expect(() => {
			makeFolder(path.join(file, 'b'));
		}).toThrow('a part of the path is a file');
	});

	test.runIf(process.platform === 'linux')(
		'or the system lets nobody make one there, which ends too',
		() => {
			expect(() => {
				makeFolder('/proc/gradcam-tui');
			}).toThrow(UsageError);
		},
	);
});
