import {createHash} from 'node:crypto';
import {open, realpath} from 'node:fs/promises';
import path from 'node:path';
import {crc32} from 'node:zlib';
import {makeFolder, writeWhole} from '../output-file.js';
import {createLineIndex, type LineIndex} from './line-index.js';

/** The state of a CSV file that an index belongs to. */
export type FileState = {
	/** Bytes. */
	readonly size: number;
	readonly mtimeMs: number;
};

/** Marks our files, and their format version. */
const signature = 0x67_63_74_31;

/*
The file of an index: float64 values in the machine's byte order (the cache is never moved to another): signature, checksum of what follows, size and mtime of the CSV, pixels; then the offsets.
*/
const headerLength = 5;

const checksum = (values: Float64Array): number =>
	crc32(new Uint8Array(values.buffer, 2 * Float64Array.BYTES_PER_ELEMENT));

/** One cache file per path, so that the index of a rewritten CSV replaces the old one. */
const cacheFile = async (csv: string, directory: string): Promise<string> => {
	const key = createHash('sha256').update(await realpath(csv));
	return path.join(directory, 'pixel-csv', `${key.digest('hex')}.index`);
};

/** Reads the index kept for this state of a CSV file; undefined if there is none, or it is damaged. */
export const readCachedIndex = async (
	csv: string,
	{size, mtimeMs}: FileState,
	pixels: number,
	directory: string,
): Promise<LineIndex | undefined> => {
	const index = createLineIndex(pixels);
	const values = new Float64Array(headerLength + index.offsets.length);
	try {
		const file = await open(await cacheFile(csv, directory));
		try {
			const {bytesRead} = await file.read(new Uint8Array(values.buffer));
			if (bytesRead !== values.byteLength) {
				return undefined;
			}
		} finally {
			await file.close();
		}
	} catch {
		// Whatever is wrong with the cache, the CSV can be scanned again.
		return undefined;
	}

	const expected = [signature, checksum(values), size, mtimeMs, pixels];
	if (expected.some((value, at) => value !== values[at])) {
		return undefined;
	}

	index.offsets.set(values.subarray(headerLength));
	return index;
};

/** Keeps a complete index for next time, if the cache can be written. */
export const writeCachedIndex = async (
	csv: string,
	{size, mtimeMs}: FileState,
	{pixels, offsets}: LineIndex,
	directory: string,
): Promise<void> => {
	const values = new Float64Array(headerLength + offsets.length);
	values.set([signature, 0, size, mtimeMs, pixels]);
	values.set(offsets, headerLength);
	values[1] = checksum(values);
	try {
		const file = await cacheFile(csv, directory);
		makeFolder(path.dirname(file));
		await writeWhole(file, new Uint8Array(values.buffer), 'index', {
			isDurable: false,
		});
	} catch {
		// A full disk, or a home that is read-only, costs the next start a scan and nothing else.
	}
};
