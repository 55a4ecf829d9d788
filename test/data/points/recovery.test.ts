import {mkdirSync, readdirSync, symlinkSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {beforeEach, expect, test, vi} from 'vitest';
import {
	discardRecovery,
	findRecovery,
	recoverPoints,
	writeRecovery,
} from '../../../source/data/points/recovery.js';
import {UsageError} from '../../../source/errors.js';
import {temporaryFolder} from '../../temporary-folder.js';

let folder: string;
let image: string;

beforeEach(() => {
	folder = temporaryFolder();
	image = path.join(folder, 'cat.jpg');
	writeFileSync(image, '');
	vi.stubEnv('XDG_STATE_HOME', path.join(folder, 'state'));
	return () => {
		vi.unstubAllEnvs();
	};
});

test('nothing is offered where nothing was cut', async () => {
	expect(await findRecovery(image)).toBeUndefined();
});

test('the changes of a cut session are made again on what the file has now', async () => {
	writeRecovery(image, {base: [1, 2], points: [2, 3]});
	const recovery = await findRecovery(image);
	expect(recoverPoints(recovery!, [1, 2, 9], 100)).toEqual([2, 9, 3]);
});

test('sessions that were cut together all count', async () => {
	vi.spyOn(Date, 'now').mockReturnValueOnce(1).mockReturnValueOnce(2);
	writeRecovery(image, {base: [1], points: [1, 2]});
	writeRecovery(image, {base: [1], points: [1, 3]});
	const recovery = await findRecovery(image);
	expect(recovery!.sessions).toHaveLength(2);
	expect(recoverPoints(recovery!, [1], 100)).toEqual([1, 2, 3]);
});

test('points outside an image that has changed are dropped', async () => {
	writeRecovery(image, {base: [], points: [5, 500]});
	expect(recoverPoints((await findRecovery(image))!, [], 100)).toEqual([5]);
});

test('an image is known by its real path, and others are not offered its points', async () => {
	writeRecovery(image, {base: [], points: [5]});
	const link = path.join(folder, 'link.jpg');
	symlinkSync(image, link);
	const other = path.join(folder, 'dog.jpg');
	writeFileSync(other, '');
	expect(await findRecovery(link)).toBeDefined();
	expect(await findRecovery(other)).toBeUndefined();
});

test('what was taken or refused is not offered again', async () => {
	writeRecovery(image, {base: [], points: [5]});
	await discardRecovery((await findRecovery(image))!);
	expect(await findRecovery(image)).toBeUndefined();
	expect(readdirSync(path.join(folder, 'state', 'gradcam-tui'))).toEqual([]);
});

test('a recovery file that is broken is not offered', async () => {
	writeRecovery(image, {base: [], points: [5]});
	const state = path.join(folder, 'state', 'gradcam-tui');
	for (const name of readdirSync(state)) {
		writeFileSync(path.join(state, name), '{"points": [1');
	}

	expect(await findRecovery(image)).toBeUndefined();
});

test('a state folder that cannot be made is one clear line', () => {
	mkdirSync(path.join(folder, 'state'));
	writeFileSync(path.join(folder, 'state', 'gradcam-tui'), 'a file');
	const write = () => {
		writeRecovery(image, {base: [], points: [5]});
	};

	expect(write).toThrow(UsageError);
	expect(write).toThrow(/The folder ".+" cannot be written/v);
});
