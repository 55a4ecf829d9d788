import {existsSync} from 'node:fs';
import {appendFile, readFile, rm} from 'node:fs/promises';
import path from 'node:path';
import {outputError, writeWhole} from '../../data/output-file.js';

/** Files about to be written for a question. */
export type PendingFiles = {
	readonly key: string;
	readonly files: readonly string[];
};

const fileIn = (folder: string) => path.join(folder, '.manifest.pending');

/**
Notes files before they are written. If a run is killed before they are in the manifest, the next run still knows that they are its own.

@throws {UsageError} If it cannot be written.
*/
export const notePending = async (
	folder: string,
	pending: PendingFiles,
): Promise<void> => {
	const file = fileIn(folder);
	try {
		await appendFile(file, `${JSON.stringify(pending)}\n`);
	} catch (error) {
		throw outputError(error, file, 'manifest');
	}
};

const parseLine = (line: string): readonly PendingFiles[] => {
	try {
		// eslint-disable-next-line @typescript-eslint/no-unsafe-type-assertion -- what notePending wrote
		return [JSON.parse(line) as PendingFiles];
	} catch {
		// The line at which a power cut came, before its files.
		return [];
	}
};

/** The noted files of a folder that exist. */
export const readPending = async (
	folder: string,
): Promise<readonly PendingFiles[]> => {
	const file = fileIn(folder);
	if (!existsSync(file)) {
		return [];
	}

	const text = await readFile(file, 'utf8');
	return text
		.trimEnd()
		.split('\n')
		.flatMap((line) => parseLine(line))
		.map(({key, files}) => ({
			key,
			files: files.filter((name) => existsSync(path.join(folder, name))),
		}))
		.filter(({files}) => files.length > 0);
};

/** Keeps only notes about files that are not in the manifest: from a killed run, for images that this run did not reach. */
export const keepPending = async (
	folder: string,
	isLeft: (key: string, file: string) => boolean,
): Promise<void> => {
	const noted = await readPending(folder);
	const left = noted.filter(({key, files}) =>
		files.some((file) => isLeft(key, file)),
	);
	const file = fileIn(folder);
	await (left.length === 0
		? rm(file, {force: true})
		: writeWhole(
				file,
				left.map((each) => `${JSON.stringify(each)}\n`).join(''),
				'manifest',
			));
};
