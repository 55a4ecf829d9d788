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
	EISDIR: 'it is a folder; name a file in it',
	ENAMETOOLONG: 'the name is too long; choose a shorter one',
	EFBIG: 'the file system takes no file of this size; write to another one',
};

/**
A failed system call on a file that is being written, said in words; other errors as they are.

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
