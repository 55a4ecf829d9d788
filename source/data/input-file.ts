import {Buffer} from 'node:buffer';
import {constants} from 'node:fs';
import {access, open, stat} from 'node:fs/promises';
import {UsageError} from '../errors.js';

const reasons: Readonly<Record<string, string>> = {
	ENOENT: 'does not exist; check the path',
	ENOTDIR: 'does not exist, since a part of its path is a file; check the path',
	EACCES: 'may not be read; change its permissions (chmod +r)',
	EPERM: 'may not be read; change its permissions',
	ELOOP: 'is a symbolic link that leads back to itself; name the file itself',
	ENAMETOOLONG: 'has a name that is too long; check the path',
};

/** The code of a failed system call, such as `ENOENT`. */
export const systemErrorCode = (error: unknown): string | undefined =>
	error instanceof Error && 'code' in error && typeof error.code === 'string'
		? error.code
		: undefined;

/**
Checks that a file can be read from start to end, before anything reads it: a pipe or device would block for ever.

@param role What the file is to the user: "image", "segmentation", "CSV".
@returns Its size in bytes.
@throws {UsageError} If it is missing, not readable, empty, or not a regular file.
*/
export const checkInputFile = async (
	path: string,
	role: string,
): Promise<number> => {
	try {
		const stats = await stat(path);
		if (stats.isDirectory()) {
			throw new UsageError(
				`The ${role} "${path}" is a folder; name a file inside it`,
			);
		}

		if (!stats.isFile()) {
			throw new UsageError(
				`The ${role} "${path}" is a pipe or a device; save it to a file first`,
			);
		}

		await access(path, constants.R_OK);
		if (stats.size === 0) {
			throw new UsageError(
				`The ${role} "${path}" is empty (0 bytes); get a fresh copy`,
			);
		}

		return stats.size;
	} catch (error) {
		throw inputError(error, path, role);
	}
};

/** Puts a failed system call on an input file into words; returns other errors unchanged. */
export const inputError = (
	error: unknown,
	path: string,
	role: string,
): unknown => {
	const code = systemErrorCode(error);
	return code === undefined
		? error
		: new UsageError(
				`The ${role} "${path}" ${reasons[code] ?? `cannot be read (${code}); check the disk`}`,
			);
};

/** Reads the first bytes of a file, to tell what it is. */
export const readStart = async (
	path: string,
	length: number,
): Promise<Buffer> => {
	const file = await open(path);
	try {
		const {buffer, bytesRead} = await file.read(
			Buffer.alloc(length),
			0,
			length,
			0,
		);
		return buffer.subarray(0, bytesRead);
	} finally {
		await file.close();
	}
};
