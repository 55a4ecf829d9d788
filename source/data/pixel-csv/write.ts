import {Buffer} from 'node:buffer';
import {rmSync} from 'node:fs';
import {open, realpath, rename, stat} from 'node:fs/promises';
import process from 'node:process';
import {UsageError} from '../../errors.js';
import {outputError} from '../output-file.js';
import {encodePixel, maxPixelLength} from './encode-pixel.js';
import {removeAbandoned, temporaryFile} from './temporary-file.js';

/** Writes a pixel CSV, one pixel after the other in row-major order. */
export type PixelCsvWriter = {
	/** Bytes so far. */
	readonly length: number;
	/**
	Adds the next pixel. Await it before the next one: it waits if the disk is slower than the caller.

	@param weights One for each index, 0–1.
	@throws {UsageError} If the file cannot be written, as when the disk is full.
	*/
	readonly write: (
		indices: Uint32Array,
		weights: Float32Array,
	) => Promise<void>;
	/** Writes what is left, and gives the file its name. */
	readonly finish: () => Promise<void>;
	/** Removes what was written, unless it is finished. */
	readonly discard: () => Promise<void>;
};

const role = 'CSV';

/** Bytes written at a time. */
const bufferLength = 1024 * 1024;

/** The file behind a path, once it is certain that writing destroys nothing unasked. */
const resolveTarget = async (file: string, force: boolean): Promise<string> => {
	const stats = await stat(file).catch(() => undefined);
	if (stats === undefined) {
		return file;
	}

	if (!stats.isFile()) {
		throw new UsageError(
			`The ${role} "${file}" cannot be written: it is a folder or a device; name a file`,
		);
	}

	if (!force) {
		throw new UsageError(
			`The ${role} "${file}" already exists; choose another with --out, or replace it with --force`,
		);
	}

	return realpath(file);
};

/**
Begins a pixel CSV under a temporary name in the same folder, and renames it when finished, so that half a file is never mistaken for a whole one. If the program ends early, the temporary file is removed; if it is killed, the next run removes it.

@param force Whether a file of this name may be replaced.
@param signal Makes the next `write` or `finish` throw its reason.
@throws {UsageError} If the file exists, or the folder cannot be written to.
*/
export const createPixelCsvWriter = async (
	file: string,
	{
		force = false,
		signal,
	}: {readonly force?: boolean; readonly signal?: AbortSignal} = {},
): Promise<PixelCsvWriter> => {
	const target = await resolveTarget(file, force);
	await removeAbandoned(target);
	const temporary = temporaryFile(target);
	const handle = await open(temporary, 'wx').catch((error: unknown) => {
		throw outputError(error, file, role);
	});
	const removeTemporary = () => {
		rmSync(temporary, {force: true});
	};

	process.once('exit', removeTemporary);
	let isOpen = true;
	let length = 0;
	let filled = 0;
	let filling = Buffer.allocUnsafeSlow(bufferLength);
	let spare = Buffer.allocUnsafeSlow(bufferLength);
	let writing = Promise.resolve();

	/** Hands the filled buffer to the system, which writes it while the other one is filled. */
	const flush = async () => {
		signal?.throwIfAborted();
		try {
			await writing;
		} catch (error) {
			throw outputError(error, file, role);
		}

		writing = handle.writeFile(filling.subarray(0, filled));
		writing.catch(() => {
			// The next flush reports it; until then nobody waits.
		});
		[filling, spare] = [spare, filling];
		filled = 0;
	};

	const close = async () => {
		isOpen = false;
		await handle.close();
	};

	return {
		get length() {
			return length;
		},
		async write(indices, weights) {
			const needed = maxPixelLength(indices.length);
			if (filled + needed > filling.length) {
				await flush();
				if (needed > filling.length) {
					filling = Buffer.allocUnsafeSlow(needed);
				}
			}

			const end = encodePixel(filling, filled, indices, weights);
			length += end - filled;
			filled = end;
		},
		async finish() {
			await flush();
			try {
				await writing;
				await close();
				await rename(temporary, target);
			} catch (error) {
				throw outputError(error, file, role);
			}

			process.off('exit', removeTemporary);
		},
		async discard() {
			if (isOpen) {
				await close();
			}

			removeTemporary();
			process.off('exit', removeTemporary);
		},
	};
};
