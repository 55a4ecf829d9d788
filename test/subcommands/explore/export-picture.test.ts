import {readdirSync} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import sharp from 'sharp';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {UsageError} from '../../../source/errors.js';
import {solidImage} from '../../../source/raster/image.js';
import {exportPicture} from '../../../source/subcommands/explore/export-picture.js';
import {temporaryFolder} from '../../temporary-folder.js';

const picture = solidImage(3, 2, 0x12_34_56);
const before = process.cwd();
let folder: string;

beforeEach(() => {
	folder = temporaryFolder();
	process.chdir(folder);
});

afterEach(() => {
	process.chdir(before);
});

describe('an exported picture', () => {
	test('holds every pixel', async () => {
		const file = await exportPicture(picture, 'street-view');
		const {data, info} = await sharp(file)
			.raw()
			.toBuffer({resolveWithObject: true});
		expect([info.width, info.height]).toEqual([3, 2]);
		expect([...data.subarray(0, 3)]).toEqual([0x12, 0x34, 0x56]);
		expect(path.basename(file)).toBe('street-view.png');
	});

	test('never replaces another one', async () => {
		await exportPicture(picture, 'view');
		await exportPicture(picture, 'view');
		await exportPicture(picture, 'view');
		expect(readdirSync(folder).toSorted()).toEqual([
			'view-2.png',
			'view-3.png',
			'view.png',
		]);
	});

	test('stays in the folder, whatever its name', async () => {
		const file = await exportPicture(picture, '../../escape');
		expect(path.basename(path.dirname(file))).toBe(path.basename(folder));
	});

	test('says what is wrong where it cannot be written', async () => {
		await expect(exportPicture(picture, 'n'.repeat(300))).rejects.toThrow(
			UsageError,
		);
	});
});
