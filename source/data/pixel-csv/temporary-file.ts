import {randomBytes} from 'node:crypto';
import {readdir, rm, stat} from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import {systemErrorCode} from '../input-file.js';

/** Milliseconds without a write after which a file counts as abandoned, if its process is unknown here: it may be another machine's. */
const patience = 10_000;

/** A temporary name for a file being written, in the same folder; it tells which process writes it. */
export const temporaryFile = (target: string): string =>
	path.join(
		path.dirname(target),
		`.${path.basename(target)}.${process.pid}-${randomBytes(4).toString('hex')}.tmp`,
	);

const isRunning = (id: number): boolean => {
	try {
		process.kill(id, 0);
		return true;
	} catch (error) {
		return systemErrorCode(error) !== 'ESRCH';
	}
};

/** Removes temporary files of processes that were killed while writing the same file. */
export const removeAbandoned = async (target: string): Promise<void> => {
	const folder = path.dirname(target);
	const prefix = `.${path.basename(target)}.`;
	const names = await readdir(folder).catch(() => []);
	for (const name of names) {
		const id = name.startsWith(prefix)
			? /^(\d+)-[\da-f]{8}\.tmp$/v.exec(name.slice(prefix.length))?.[1]
			: undefined;
		if (id === undefined || isRunning(Number(id))) {
			continue;
		}

		const file = path.join(folder, name);
		// eslint-disable-next-line no-await-in-loop -- There is hardly ever one.
		const stats = await stat(file).catch(() => undefined);
		if (stats && Date.now() - stats.mtimeMs > patience) {
			// eslint-disable-next-line no-await-in-loop
			await rm(file, {force: true});
		}
	}
};
