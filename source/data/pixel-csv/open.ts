import {type FileHandle, open} from 'node:fs/promises';
import type {Heatmap} from '../../cam/heatmap.js';
import {UsageError} from '../../errors.js';
import {cacheDirectory} from '../cache-directory.js';
import {checkInputFile, inputError, readStart} from '../input-file.js';
import {checkLineCount} from './check-line-count.js';
import {checkStart, startLength} from './check-start.js';
import {readCachedIndex, writeCachedIndex} from './index-cache.js';
import {completeBlocks, createLineIndex, type LineIndex} from './line-index.js';
import {createMilestones, type Milestones} from './milestones.js';
import {readPixel} from './read-pixel.js';
import {scanFile, type ScanProgress} from './scan.js';

/** How a CSV is opened. */
export type PixelCsvOptions = {
	readonly path: string;
	/** Pixels of the image that the CSV explains. */
	readonly width: number;
	readonly height: number;
	/** Stops the scan; waiting lookups are rejected with the signal's reason. */
	readonly signal?: AbortSignal;
	/** Called at most twenty times a second while the file is scanned, and at its end; never if a kept index was found. */
	readonly onProgress?: (progress: ScanProgress) => void;
	/** Where the index is kept. */
	readonly cache?: string;
};

/** A CSV file with the Grad-CAM pixels of every pixel of an image. */
export type PixelCsv = {
	/**
	Reads the Grad-CAM pixels of one pixel. During the scan it waits until the scan has passed that pixel.

	@param pixel Flat index `row · width + column`.
	@throws {UsageError} If the pixel's lines are wrong (other pixels can still be read), or the whole file does not fit the image.
	*/
	readonly lookup: (
		pixel: number,
		options?: {readonly signal?: AbortSignal},
	) => Promise<Heatmap>;
	/** Resolves when every pixel can be looked up at once; rejects with a `UsageError` if the file does not fit the image. */
	readonly indexed: Promise<void>;
	/** Ends the scan and closes the file. */
	readonly close: () => Promise<void>;
};

const role = 'CSV';

/** Puts a disk error into words. */
const explained = async <Result>(
	path: string,
	work: Promise<Result>,
): Promise<Result> => {
	try {
		return await work;
	} catch (error) {
		throw inputError(error, path, role);
	}
};

/** Seconds between two progress reports, each of which may redraw a screen. */
const reportInterval = 0.05;

/** Scans the whole file into the index, checks that it fits the image, and keeps the index for next time. */
const buildIndex = async (
	file: FileHandle,
	index: LineIndex,
	blocks: Milestones,
	{
		path,
		width,
		height,
		signal,
		onProgress,
		cache = cacheDirectory(),
	}: PixelCsvOptions & {readonly signal: AbortSignal},
): Promise<void> => {
	const before = await file.stat();
	let reported = 0;
	const {lines, isCutOff} = await scanFile(file, before.size, index, {
		signal,
		onChunk(lines, progress) {
			blocks.raise(completeBlocks(index, lines));
			const {done, total, seconds} = progress;
			if (seconds - reported >= reportInterval || done === total) {
				reported = seconds;
				onProgress?.(progress);
			}
		},
	});
	const after = await file.stat();
	if (after.size !== before.size || after.mtimeMs !== before.mtimeMs) {
		throw new UsageError(
			`The CSV "${path}" changed while it was read; open it again when it is written`,
		);
	}

	checkLineCount(path, lines, isCutOff, {width, height});
	blocks.raise(index.offsets.length - 1);
	await writeCachedIndex(path, after, index, cache);
};

/**
Opens a pixel CSV: separated by spaces, no header, two lines per pixel in row-major order, flat indices and then their weights; a line may be empty.

Returns as soon as its first bytes look right. The index of its lines comes from the user's cache, or is built in the background from then on.

@throws {UsageError} If the file cannot be read, or is something else.
*/
export const openPixelCsv = async (
	options: PixelCsvOptions,
): Promise<PixelCsv> => {
	const {path, width, height, signal, cache = cacheDirectory()} = options;
	const pixels = width * height;
	await checkInputFile(path, role);
	checkStart(await readStart(path, startLength), path);
	signal?.throwIfAborted();

	const file = await explained(path, open(path));
	const kept = await readCachedIndex(path, await file.stat(), pixels, cache);
	const index = kept ?? createLineIndex(pixels);
	const blocks = createMilestones();
	const closing = new AbortController();
	if (kept) {
		blocks.raise(index.offsets.length - 1);
	}

	const indexed = kept
		? Promise.resolve()
		: explained(
				path,
				buildIndex(file, index, blocks, {
					...options,
					signal: AbortSignal.any([
						closing.signal,
						...(signal ? [signal] : []),
					]),
				}),
			);
	// Whoever looks a pixel up learns of a failure, even if nobody awaits `indexed`.
	indexed.catch(blocks.fail);

	return {
		indexed,
		async lookup(pixel, {signal} = {}) {
			if (!(Number.isInteger(pixel) && pixel >= 0 && pixel < pixels)) {
				throw new RangeError(`There is no pixel ${pixel} of ${pixels}`);
			}

			await blocks.reach(Math.floor(pixel / index.stride) + 1, signal);
			const heatmap = await explained(
				path,
				readPixel(file, index, pixel, options),
			);
			signal?.throwIfAborted();
			return heatmap;
		},
		async close() {
			closing.abort();
			blocks.fail(closing.signal.reason);
			// The scan may have a read under way, or be about to start one.
			await Promise.allSettled([indexed]);
			await file.close();
		},
	};
};
