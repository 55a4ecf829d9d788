import {spawnSync} from 'node:child_process';
import {readdirSync, utimesSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {expect, test} from 'vitest';
import {
	removeAbandoned,
	temporaryFile,
} from '../../../source/data/pixel-csv/temporary-file.js';
import {temporaryFolder} from '../../temporary-folder.js';

test('files of processes that were killed are removed, those of others stay', async () => {
	const folder = temporaryFolder();
	const target = path.join(folder, 'a.csv');
	const {pid} = spawnSync(process.execPath, ['--version']);
	const dead = (name: string) =>
		temporaryFile(name).replace(`.${process.pid}-`, `.${pid}-`);
	const mine = temporaryFile(target);
	const old = dead(target);
	const young = dead(target);
	const other = dead(path.join(folder, 'b.csv'));
	for (const file of [mine, old, young, other, target]) {
		writeFileSync(file, 'text');
	}

	for (const file of [mine, old, other, target]) {
		utimesSync(file, 1, 1);
	}

	await removeAbandoned(target);
	expect(readdirSync(folder).toSorted()).toEqual(
		[mine, young, other, target].map((file) => path.basename(file)).toSorted(),
	);
});

test('a folder that is not there holds none', async () => {
	await removeAbandoned(path.join(temporaryFolder(), 'missing', 'a.csv'));
});
