import {createHash} from 'node:crypto';
import {realpathSync, renameSync, writeFileSync} from 'node:fs';
import {readdir, readFile, rm} from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import envPaths from 'env-paths';
import {systemErrorCode} from '../input-file.js';
import {makeFolder, outputError} from '../output-file.js';
import {mergePoints} from './merge.js';

/** Where this program keeps what a cut session leaves: `$XDG_STATE_HOME/gradcam-tui` on Linux. */
const stateDirectory = () => envPaths('gradcam-tui', {suffix: ''}).log;

/** The image's one path, whatever link it was opened by; the path as given when the image is gone. */
const realPath = (imagePath: string) => {
	try {
		return realpathSync(imagePath);
	} catch {
		return path.resolve(imagePath);
	}
};

/** How the files of an image begin; several sessions on it may be cut at once, so each has its own. */
const filePrefix = (imagePath: string) =>
	createHash('sha256').update(realPath(imagePath)).digest('hex').slice(0, 16);

/** What a session that was cut had changed. */
type CutSession = {
	/** The points that it had loaded or saved last. */
	readonly base: readonly number[];
	/** The points that it had in the end. */
	readonly points: readonly number[];
};

/** What cut sessions have left for an image. */
export type Recovery = {
	readonly files: readonly string[];
	readonly sessions: readonly CutSession[];
};

/**
Keeps the unsaved points of a session that is being cut (SIGHUP, SIGTERM). Nothing here waits: the process may have milliseconds.

@param imagePath The image; it is found again by its real path.
@throws {UsageError} If the user's state folder cannot be written to.
*/
export const writeRecovery = (imagePath: string, session: CutSession): void => {
	const directory = stateDirectory();
	const file = path.join(
		directory,
		`${filePrefix(imagePath)}-${Date.now()}-${process.pid}.json`,
	);
	try {
		makeFolder(directory, 0o700);
		const {base, points} = session;
		writeFileSync(
			`${file}.part`,
			JSON.stringify({image: path.resolve(imagePath), base, points}),
		);
		renameSync(`${file}.part`, file);
	} catch (error) {
		throw outputError(error, file, 'recovery file');
	}
};

const isPointList = (value: unknown): value is readonly number[] =>
	Array.isArray(value) && value.every((point) => Number.isInteger(point));

const parseSession = (text: string): CutSession | undefined => {
	try {
		const {base, points} = new Object(JSON.parse(text)) as {
			base?: unknown;
			points?: unknown;
		};
		return isPointList(base) && isPointList(points)
			? {base, points}
			: undefined;
	} catch {
		return undefined;
	}
};

/** What cut sessions have left for an image, oldest first; nothing when there is nothing to offer. */
export const findRecovery = async (
	imagePath: string,
): Promise<Recovery | undefined> => {
	try {
		const directory = stateDirectory();
		const prefix = filePrefix(imagePath);
		const names = await readdir(directory);
		const files = names
			.filter((name) => name.startsWith(prefix) && name.endsWith('.json'))
			.toSorted()
			.map((name) => path.join(directory, name));
		const sessions = await Promise.all(
			files.map(async (file) => parseSession(await readFile(file, 'utf8'))),
		);
		const whole = sessions.filter((session) => session !== undefined);
		return whole.length > 0 ? {files, sessions: whole} : undefined;
	} catch (error) {
		// No state folder, or one that is not ours to read: nothing to offer.
		if (systemErrorCode(error) === undefined) {
			throw error;
		}

		return undefined;
	}
};

/**
The points of an image with the changes of cut sessions made again.

@param current The points as the file has them now.
@param pixelCount Pixels of the image, which may be another one by now.
*/
export const recoverPoints = (
	{sessions}: Recovery,
	current: readonly number[],
	pixelCount: number,
): number[] => {
	let points = [...current];
	for (const session of sessions) {
		points = mergePoints(session.base, session.points, points);
	}

	return points.filter((point) => point >= 0 && point < pixelCount);
};

/** Deletes what cut sessions have left, once it has been taken or refused. */
export const discardRecovery = async ({files}: Recovery): Promise<void> => {
	await Promise.all(files.map(async (file) => rm(file, {force: true})));
};
