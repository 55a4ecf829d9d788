import {open, readFile, rename, rm, stat, statfs} from 'node:fs/promises';
import path from 'node:path';
import {outputError, writeWhole} from '../../data/output-file.js';
import {UsageError} from '../../errors.js';
import {addCounts, noCounts, type EncodedRows} from './plan.js';
import {
	changedSettings,
	type Checkpoint,
	type CsvRecord,
	type Settings,
} from './record.js';

/** A CSV in progress, which survives however the program ends. */
export type UnfinishedCsv = {
	/** Its progress. */
	readonly checkpoint: () => Checkpoint;
	/** The settings in which a discarded earlier attempt differed; empty where there was none. */
	readonly changed: readonly string[];
	/** Appends rows. @throws {UsageError} If they cannot be written, or the disk is too small for the rest. */
	readonly append: (rows: EncodedRows) => Promise<void>;
	/** Gives the file its name, and writes the record beside it. */
	readonly finish: () => Promise<CsvRecord>;
	/** Keeps what is written, for the next run. */
	readonly close: () => Promise<void>;
};

const role = 'CSV';

/** The record beside a CSV. */
export const recordFile = (csv: string): string => `${csv}.json`;

const partialFile = (csv: string): string =>
	path.join(path.dirname(csv), `.${path.basename(csv)}.partial`);

/** Milliseconds between checkpoints: what a crash costs. */
const checkpointInterval = 1000;

const readJson = async (file: string): Promise<unknown> => {
	try {
		return JSON.parse(await readFile(file, 'utf8'));
	} catch {
		// Missing or broken: either way nothing is known.
		return undefined;
	}
};

const isRecord = (json: unknown): json is CsvRecord & Checkpoint =>
	typeof json === 'object' && json !== null && !Array.isArray(json);

const writeJson = async (file: string, json: unknown): Promise<void> =>
	writeWhole(file, `${JSON.stringify(json, undefined, '\t')}\n`, 'record', {
		isDurable: false,
	});

/**
The record of a CSV made with the same settings; undefined where there is none.

@throws {UsageError} If another file has this name already and may not be replaced.
*/
export const findFinished = async (
	csv: string,
	settings: Settings,
	force: boolean,
): Promise<CsvRecord | undefined> => {
	const stats = await stat(csv).catch(() => undefined);
	if (!stats) {
		return undefined;
	}

	if (!stats.isFile()) {
		throw new UsageError(
			`The ${role} "${csv}" cannot be written: it is a folder or a device; name a file`,
		);
	}

	if (force) {
		return undefined;
	}

	const record = await readJson(recordFile(csv));
	const isOurs = isRecord(record) && record.bytes === stats.size;
	const changed = isOurs ? changedSettings(record, settings) : [];
	if (isOurs && changed.length === 0) {
		return record;
	}

	throw new UsageError(
		`The ${role} "${csv}" exists already${changed.length > 0 ? `, made with another ${changed.join(', ')}` : ''}; name another with --out, or replace it with --force`,
	);
};

/** The usable part of an earlier attempt. */
const findCheckpoint = async (
	partial: string,
	settings: Settings,
): Promise<{checkpoint?: Checkpoint; changed: readonly string[]}> => {
	const checkpoint = await readJson(recordFile(partial));
	const size = await stat(partial).then(
		({size}) => size,
		() => -1,
	);
	if (!isRecord(checkpoint) || !(size >= checkpoint.bytes)) {
		return {changed: []};
	}

	const changed = changedSettings(checkpoint.settings, settings);
	return changed.length > 0 ? {changed} : {checkpoint, changed};
};

/**
Opens a CSV under a temporary name beside its own, resuming an earlier attempt with the same settings.

A checkpoint beside it says how much of it is complete; whatever a crash left beyond that is cut off. Only the finished file gets the final name, so half a line never appears under it.

@throws {UsageError} If the folder cannot be written to.
*/
export const openUnfinishedCsv = async (
	csv: string,
	settings: Settings,
): Promise<UnfinishedCsv> => {
	const partial = partialFile(csv);
	const explained = async <Result>(work: Promise<Result>): Promise<Result> => {
		try {
			return await work;
		} catch (error) {
			throw outputError(error, csv, role);
		}
	};

	const {checkpoint: found, changed} = await findCheckpoint(partial, settings);
	let checkpoint: Checkpoint = found ?? {
		settings,
		rows: 0,
		bytes: 0,
		counts: noCounts,
	};
	const file = await explained(open(partial, found ? 'r+' : 'w'));
	await explained(file.truncate(checkpoint.bytes));
	let kept = performance.now();

	const keep = async () => {
		kept = performance.now();
		await writeJson(recordFile(partial), checkpoint);
	};

	/** @throws {UsageError} If the rest, extrapolated, will not fit the disk. */
	const checkSpace = async () => {
		const {bavail, bsize} = await statfs(path.dirname(csv));
		const {rows, bytes} = checkpoint;
		const rest = (bytes / rows) * (settings.image.height - rows);
		if (rest > bavail * bsize) {
			throw new UsageError(
				`The ${role} "${csv}" needs about ${Math.ceil(rest / 1e6)} MB more, but the disk has ${Math.floor((bavail * bsize) / 1e6)} MB left; free some space and run the command again, or write less with --top or --stride`,
			);
		}
	};

	return {
		checkpoint: () => checkpoint,
		changed,
		async append({end, bytes, counts}) {
			const isFirst = checkpoint.rows === 0;
			let written = 0;
			while (written < bytes.length) {
				// eslint-disable-next-line no-await-in-loop -- Until all is written.
				const {bytesWritten} = await explained(
					file.write(
						bytes,
						written,
						bytes.length - written,
						checkpoint.bytes + written,
					),
				);
				written += bytesWritten;
			}

			checkpoint = {
				settings,
				rows: end,
				bytes: checkpoint.bytes + bytes.length,
				counts: addCounts(checkpoint.counts, counts),
			};
			if (isFirst || performance.now() - kept > checkpointInterval) {
				await explained(keep());
				await checkSpace();
			}
		},
		async finish() {
			const {size} = await file.stat();
			await file.close();
			if (size !== checkpoint.bytes) {
				throw new UsageError(
					`The ${role} "${csv}" was written by another program at the same time; wait for that to end, or name another file with --out`,
				);
			}

			const {counts, bytes} = checkpoint;
			const record: CsvRecord = {...settings, counts, bytes};
			// Never a record beside a file it does not describe, nor such a file without its record.
			await explained(rm(csv, {force: true}));
			await explained(writeJson(recordFile(csv), record));
			await explained(rename(partial, csv));
			await rm(recordFile(partial), {force: true});
			return record;
		},
		async close() {
			await file.close();
			if (checkpoint.rows === 0) {
				await rm(partial, {force: true});
				return;
			}

			try {
				await keep();
			} catch {
				// A full disk: the checkpoint of a second ago holds as well.
			}
		},
	};
};
