import {mkdirSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {describe, expect, test} from 'vitest';
import {listFolder} from '../../../source/subcommands/explore/list-folder.js';
import {temporaryFolder} from '../../temporary-folder.js';

const makeFolder = (): string => {
	const folder = temporaryFolder();
	mkdirSync(path.join(folder, 'more'));
	for (const name of [
		'image10.jpg',
		'image9.JPG',
		'mask.png',
		'data.csv',
		'notes.md',
		'.hidden.png',
		'odd\u001B[2J.png',
	]) {
		writeFileSync(path.join(folder, name), '');
	}

	return folder;
};

describe('a file list', () => {
	test('has the way up, folders, then the files that can be meant', async () => {
		const folder = makeFolder();
		const names = async (kind: 'image' | 'segmentation' | 'csv') => {
			const entries = await listFolder(folder, kind);
			return entries.map(({label}) => label);
		};

		expect(await names('image')).toEqual([
			'..',
			'more',
			'image9.JPG',
			'image10.jpg',
			'mask.png',
			'odd.png',
		]);
		expect(await names('segmentation')).toEqual([
			'..',
			'more',
			'mask.png',
			'odd.png',
		]);
		expect(await names('csv')).toEqual(['..', 'more', 'data.csv']);
	});

	test('keeps the real name of a file whose name cannot be shown', async () => {
		const entries = await listFolder(makeFolder(), 'image');
		expect(entries.at(-1)).toEqual({
			name: 'odd\u001B[2J.png',
			label: 'odd.png',
			isFolder: false,
		});
	});

	test('says which folder cannot be read', async () => {
		await expect(listFolder('/nowhere', 'image')).rejects.toThrow(
			'The folder "/nowhere" does not exist; check the path',
		);
	});

	test('has no way up from the root', async () => {
		const [first] = await listFolder('/', 'image');
		expect(first?.name).not.toBe('..');
	});
});
