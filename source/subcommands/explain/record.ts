import {createHash} from 'node:crypto';
import {existsSync} from 'node:fs';
import {readFile} from 'node:fs/promises';
import path from 'node:path';
import type {ExplainedTarget} from '../../compute/explain.js';
import {writeWhole} from '../../data/output-file.js';
import {UsageError} from '../../errors.js';
import {readVersion} from '../../version.js';
import {keepPending, readPending} from './pending.js';

/** A class shown in a file. */
export type RecordedTarget = ExplainedTarget & {
	/** 0–1 */
	readonly probability: number;
	readonly isWorst: boolean;
};

/** What a file was made from. */
type Origin = {
	/** Relative to the manifest's folder. */
	readonly file: string;
	/** The image's path as given, and its number in the run, from 1. */
	readonly input: string;
	readonly index: number;
	readonly model: string;
	readonly modelSha256: string;
	readonly runtime: string;
	/** A hash of the image, the model and the question; files with the same key need not be made again. */
	readonly key: string;
};

/** A map, as a picture (`overlay`) or as numbers (`map`). */
export type RecordedMap = Origin & {
	readonly kind: 'overlay' | 'map';
	readonly layer: string;
	readonly method: string;
	readonly target: RecordedTarget;
	/** Of the numbers. */
	readonly shape: readonly number[];
	readonly min: number;
	readonly max: number;
	/** Milliseconds. */
	readonly ms: number;
};

/** Several maps in one picture: a row for each layer and method. */
export type RecordedFigure = Origin & {
	readonly kind: 'figure';
	readonly layers: readonly string[];
	readonly methods: readonly string[];
	readonly targets: readonly RecordedTarget[];
};

/** A line of the manifest: one file of one image. */
export type RecordedFile = RecordedMap | RecordedFigure;

/** The figures of many images in one picture, a row each. */
export type RecordedSheet = Omit<Origin, 'input' | 'index' | 'key'> & {
	readonly kind: 'sheet';
	readonly inputs: readonly string[];
};

type Line = RecordedFile | RecordedSheet;

/** The manifest of a folder: what each file shows, and what it was made from. */
export type FolderRecord = {
	/** The files with a key; undefined if one of them is missing. */
	readonly finishedFiles: (key: string) => readonly RecordedFile[] | undefined;
	/** Files that may be replaced because they were made for the same question. */
	readonly filesOf: (key: string) => ReadonlySet<string>;
	/** Whether a file is a contact sheet in the manifest, which may be replaced because its figures still exist. */
	readonly isSheet: (file: string) => boolean;
	/** Adds files, replacing those with the same name. */
	readonly add: (files: readonly Line[]) => void;
	/** Writes the manifest, after any write in progress. */
	readonly save: () => Promise<void>;
	/** Writes the manifest one last time, when no more files will be written. */
	readonly close: () => Promise<void>;
};

const manifestName = 'manifest.json';

const isRecord = (json: unknown): json is {readonly files: readonly Line[]} =>
	typeof json === 'object' &&
	json !== null &&
	'generator' in json &&
	String(json.generator).startsWith('gradcam-tui') &&
	'files' in json &&
	Array.isArray(json.files) &&
	json.files.every(
		(file: unknown) =>
			typeof file === 'object' &&
			file !== null &&
			'file' in file &&
			typeof file.file === 'string' &&
			'kind' in file &&
			('key' in file || file.kind === 'sheet'),
	);

const readRecord = async (file: string): Promise<readonly Line[]> => {
	if (!existsSync(file)) {
		return [];
	}

	let json: unknown;
	try {
		json = JSON.parse(await readFile(file, 'utf8'));
	} catch {
		// Told below.
	}

	if (!isRecord(json)) {
		throw new UsageError(
			`The file "${file}" was written by another program, and is kept; choose another folder with --out`,
		);
	}

	return json.files;
};

/**
Opens the manifest of a folder, `manifest.json`, which need not exist.

@throws {UsageError} If another program wrote a file with that name.
*/
export const openRecord = async (folder: string): Promise<FolderRecord> => {
	const file = path.join(folder, manifestName);
	const recorded = await readRecord(file);
	const files = new Map(recorded.map((each) => [each.file, each]));
	const pending = await readPending(folder);
	for (const name of pending.flatMap((each) => each.files)) {
		// What it shows now was not told any more.
		files.delete(name);
	}

	const withKey = (key: string) =>
		[...files.values()].filter(
			(each): each is RecordedFile => each.kind !== 'sheet' && each.key === key,
		);
	const write = async () => {
		// A run that failed before its first file leaves none.
		if (files.size === 0) {
			return;
		}

		const json = {
			generator: `gradcam-tui ${readVersion()}`,
			files: [...files.values()],
		};
		await writeWhole(file, `${JSON.stringify(json, null, '\t')}\n`, 'manifest');
	};

	let last: Promise<void> = Promise.resolve();
	const save = async () => {
		last = last.then(write, write);
		return last;
	};

	return {
		finishedFiles(key) {
			const found = withKey(key);
			const isThere =
				found.length > 0 &&
				found.every((each) => existsSync(path.join(folder, each.file)));
			return isThere ? found : undefined;
		},
		filesOf: (key) =>
			new Set([
				...withKey(key).map((each) => each.file),
				...pending
					.filter((each) => each.key === key)
					.flatMap((each) => each.files),
			]),
		isSheet: (name) => files.get(name)?.kind === 'sheet',
		add(added) {
			for (const each of added) {
				files.set(each.file, each);
			}
		},
		save,
		async close() {
			await save();
			await keepPending(folder, (key, name) => {
				const entry = files.get(name);
				return !(entry && 'key' in entry && entry.key === key);
			});
		},
	};
};

/** The key of a question: equal questions have equal keys. */
export const hashQuestion = (question: unknown): string =>
	createHash('sha256').update(JSON.stringify(question)).digest('hex');
