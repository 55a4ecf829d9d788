import {randomUUID} from 'node:crypto';
import {existsSync, mkdirSync, rmdirSync, rmSync, statSync} from 'node:fs';
import {chown, open, realpath, rename, rm, stat} from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import {UsageError} from '../errors.js';
import {systemErrorCode} from './input-file.js';

const reasons: Readonly<Record<string, string>> = {
	ENOSPC: 'the disk is full; free some space or write to another folder',
	EDQUOT:
		'your disk quota is used up; free some space or write to another folder',
	EROFS: 'the folder is read-only; write to another one',
	EACCES: 'the folder may not be written to; write to another one',
	EPERM: 'the folder may not be written to; write to another one',
	ENOENT: 'the folder does not exist; create it first',
	ENOTDIR: 'a part of the path is a file; check the path',
	EEXIST: 'a file has this name; choose another one',
	EISDIR: 'it is a folder; name a file in it',
	ENAMETOOLONG: 'the name is too long; choose a shorter one',
	EFBIG: 'the file system takes no file of this size; write to another one',
};

/**
Puts a failed system call on a file being written into words; returns other errors unchanged.

@param role What the file is to the user: "CSV", "picture".
*/
export const outputError = (
	error: unknown,
	path: string,
	role: string,
): unknown => {
	const code = systemErrorCode(error);
	return code === undefined
		? error
		: new UsageError(
				`The ${role} "${path}" cannot be written: ${reasons[code] ?? `the system says ${code}; check the disk`}`,
			);
};

/** Makes folders one by one: Node's `recursive` hangs where no folder can be made, as in /proc. */
const makeEach = (folder: string, mode?: number): string[] => {
	const parent = path.dirname(folder);
	const made = existsSync(parent) ? [] : makeEach(parent, mode);
	try {
		mkdirSync(folder, mode);
		made.push(folder);
	} catch (error) {
		if (!statSync(folder, {throwIfNoEntry: false})?.isDirectory()) {
			throw error;
		}
	}

	return made;
};

/**
Makes a folder and its missing parents.

@returns The folders it made, outermost first.
@throws {UsageError} If the system refuses.
*/
export const makeFolder = (
	folder: string,
	mode?: number,
): readonly string[] => {
	try {
		return makeEach(path.resolve(folder), mode);
	} catch (error) {
		throw outputError(error, folder, 'folder');
	}
};

/** Removes folders that were made and stayed empty. @param made The result of `makeFolder`. */
export const removeEmptyFolders = (made: readonly string[]): void => {
	for (const folder of made.toReversed()) {
		try {
			rmdirSync(folder);
		} catch {
			return;
		}
	}
};

/** Temporary files to remove if the program ends. */
const unfinished = new Set<string>();

process.once('exit', () => {
	for (const file of unfinished) {
		rmSync(file, {force: true});
	}
});

/**
Writes a file completely or not at all: first under a temporary name, then renamed once every byte is on the disk. A link stays a link, and a replaced file keeps its permissions.

@param role What the file is to the user: "picture", "manifest".
@param options.isDurable Whether to wait until it is on the disk; otherwise a power cut may lose it.
@throws {UsageError} If it cannot be written.
*/
export const writeWhole = async (
	file: string,
	content: string | Uint8Array,
	role: string,
	{isDurable = true}: {readonly isDurable?: boolean} = {},
): Promise<void> => {
	const target = await realpath(file).catch(() => file);
	const partial = path.join(path.dirname(target), `.${randomUUID()}.part`);
	const old = await stat(target).catch(() => undefined);
	unfinished.add(partial);
	try {
		const handle = await open(partial, 'wx', old?.mode);
		try {
			// Goes on after a write that the system cut short, and so meets the full disk that cut it.
			await handle.writeFile(content);
			if (isDurable) {
				await handle.sync();
			}
		} finally {
			await handle.close();
		}

		if (old) {
			await chown(partial, old.uid, old.gid).catch(() => {
				// Another user's file, in a folder that is everybody's, becomes ours.
			});
		}

		await rename(partial, target);
	} catch (error) {
		await rm(partial, {force: true});
		throw outputError(error, file, role);
	} finally {
		unfinished.delete(partial);
	}
};
