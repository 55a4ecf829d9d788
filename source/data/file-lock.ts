import {open, rm, stat, unlink} from 'node:fs/promises';
import {setTimeout as sleep} from 'node:timers/promises';
import {systemErrorCode} from './input-file.js';

/** Milliseconds after which a lock counts as left behind by a killed program; holders need a few. */
const staleAfter = 5000;

const removeIfStale = async (lock: string) => {
	try {
		const {mtimeMs} = await stat(lock);
		if (Date.now() - mtimeMs > staleAfter) {
			await unlink(lock);
		}
	} catch (error) {
		// The holder has let go meanwhile.
		if (systemErrorCode(error) !== 'ENOENT') {
			throw error;
		}
	}
};

const acquire = async (lock: string): Promise<void> => {
	try {
		const file = await open(lock, 'wx');
		await file.close();
	} catch (error) {
		if (systemErrorCode(error) !== 'EEXIST') {
			throw error;
		}

		await removeIfStale(lock);
		await sleep(10 + Math.random() * 20);
		await acquire(lock);
	}
};

/**
Does something while no other session does the same to a file. The lock is a file beside it, `NAME.lock`.

@throws The system's error if the folder cannot be written to.
*/
export const withLock = async <T>(
	path: string,
	action: () => Promise<T>,
): Promise<T> => {
	const lock = `${path}.lock`;
	await acquire(lock);
	try {
		return await action();
	} finally {
		// Somebody took it for stale if this program was stopped meanwhile.
		await rm(lock, {force: true});
	}
};
