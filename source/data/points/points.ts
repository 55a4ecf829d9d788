import {existsSync} from 'node:fs';
import {readFile} from 'node:fs/promises';
import path from 'node:path';
import {withLock} from '../file-lock.js';
import {systemErrorCode} from '../input-file.js';
import {outputError, writeWhole} from '../output-file.js';
import {mergePoints} from './merge.js';
import {readPointsText, type PointsText} from './text.js';

/** The interesting points of one image as a file has them. */
export type LoadedPoints = {
	/** The file that `savePoints` writes; it need not exist yet. */
	readonly path: string;
	/** The name that the file knows the image by: its file name without suffix. */
	readonly image: string;
	/** Pixels of the image; points are flat indices `row · width + column` below it. */
	readonly pixelCount: number;
	readonly points: readonly number[];
	/** The other images that the file names, in its order. */
	readonly otherImages: readonly string[];
	/** One line for the screen: what in the file could not be used, and what happens instead. */
	readonly problem?: string;
};

/** Why a file that exists cannot hold our points. */
const findFault = (text: PointsText | undefined, image: string) => {
	if (!text) {
		return 'is not a JSON object';
	}

	return text.isForeign(image)
		? `has something other than a list for "${image}"`
		: undefined;
};

type PointsFile = {
	readonly path: string;
	readonly text: PointsText;
	readonly problem?: string;
};

/** `interesting.json`, `interesting-2.json`, `interesting-3.json` … */
const numberedPath = (file: string, number: number) => {
	const {dir, name, ext} = path.parse(file);
	return number === 1 ? file : path.join(dir, `${name}-${number}${ext}`);
};

/** Reads the first file of a numbered row that is missing or sound: one that is broken may be somebody's work, so it stays as it is. */
const openPointsFile = async (
	file: string,
	image: string,
	number = 1,
): Promise<PointsFile> => {
	const candidate = numberedPath(file, number);
	let fault: string | undefined;
	try {
		const content = await readFile(candidate, 'utf8');
		const text = readPointsText(content.replace(/^\uFEFF/v, ''));
		fault = findFault(text, image);
		if (text && !fault) {
			return {path: candidate, text};
		}
	} catch (error) {
		const code = systemErrorCode(error);
		if (code === 'ENOENT') {
			return {path: candidate, text: readPointsText('{}\n')!};
		}

		fault = `cannot be read (${code ?? String(error)})`;
	}

	const next = await openPointsFile(file, image, number + 1);
	return {
		...next,
		problem: `"${candidate}" ${fault}; it stays as it is, and points are kept in "${path.basename(next.path)}"`,
	};
};

const readPoints = (
	{path: file, text, problem}: PointsFile,
	image: string,
	pixelCount: number,
): LoadedPoints => {
	const isPoint = pointTest(pixelCount);
	const entries = text.entriesOf(image) ?? [];
	const bad = entries.filter((entry) => !isPoint(entry));
	const badText = `"${file}" lists ${JSON.stringify(bad[0])}${bad.length > 1 ? ` and ${bad.length - 1} more` : ''} for "${image}", which has no such pixel; use 0 to ${pixelCount - 1}`;
	return {
		path: file,
		image,
		pixelCount,
		points: [...new Set(entries.filter((entry) => isPoint(entry)))],
		otherImages: text.images.filter((name) => name !== image),
		...((problem !== undefined || bad.length > 0) && {
			problem: problem ?? badText,
		}),
	};
};

/** Tells what in a list is the index of a pixel. */
const pointTest =
	(pixelCount: number) =>
	(entry: unknown): entry is number =>
		Number.isInteger(entry) && Number(entry) >= 0 && Number(entry) < pixelCount;

/** Beside the image, or else one folder up; where there is none yet, beside it. */
const findPointsFile = (imagePath: string) => {
	const folder = path.dirname(path.resolve(imagePath));
	const beside = path.join(folder, 'interesting.json');
	const above = path.join(folder, '..', 'interesting.json');
	return !existsSync(beside) && existsSync(above) ? above : beside;
};

/**
Reads the interesting points of an image from `interesting.json`: `{"2007_000033": [55792, 81090]}`.

Nothing in the file is an error: what cannot be used is told in `problem`.

@param options.pointsFlag The file to use instead of the one beside the image or one folder up.
@param options.pixelCount Pixels of the image.
*/
export const loadPoints = async (options: {
	readonly imagePath: string;
	readonly pixelCount: number;
	readonly pointsFlag?: string;
}): Promise<LoadedPoints> => {
	const {imagePath, pixelCount, pointsFlag} = options;
	const image = path.parse(imagePath).name;
	const file = pointsFlag ?? findPointsFile(imagePath);
	return readPoints(await openPointsFile(file, image), image, pixelCount);
};

/**
Writes the points of an image, together with what other sessions have saved since `loaded`; all else in the file stays as it is.

@returns What the file has now, for the next save.
@throws {UsageError} If the file cannot be written; nothing has changed then.
*/
export const savePoints = async (
	loaded: LoadedPoints,
	points: readonly number[],
): Promise<LoadedPoints> => {
	const {image, pixelCount} = loaded;
	try {
		return await withLock(loaded.path, async () => {
			const isNew = !existsSync(loaded.path);
			const file = await openPointsFile(loaded.path, image);
			// In a file that is gone or has broken nobody has removed a point, so all of ours are new there.
			const base = isNew || file.path !== loaded.path ? [] : loaded.points;
			const isPoint = pointTest(pixelCount);
			const entries = file.text.entriesOf(image) ?? [];
			const merged = mergePoints(
				base,
				points,
				entries.filter((entry) => isPoint(entry)),
			);
			const kept = new Set<unknown>(merged);
			const standing = new Set(entries);
			const content = file.text.replaceEntries(image, [
				...entries.filter((entry) => !isPoint(entry) || kept.has(entry)),
				...merged.filter((point) => !standing.has(point)),
			]);
			await writeWhole(file.path, content, 'points file');
			return readPoints(
				{...file, text: readPointsText(content)!},
				image,
				pixelCount,
			);
		});
	} catch (error) {
		throw outputError(error, loaded.path, 'points file');
	}
};
