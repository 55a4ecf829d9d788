import type {Counts} from './plan.js';

/** Everything that determines a CSV: equal settings give equal bytes. */
export type Settings = {
	/** The program and its version. */
	readonly generator: string;
	readonly image: FileMark & {readonly width: number; readonly height: number};
	readonly model: FileMark & {
		/** Height and width in pixels. */
		readonly inputSize: readonly [number, number];
		/** How the image was resized to it. */
		readonly format: unknown;
		readonly output: string;
	};
	readonly runtime: string;
	readonly layer: {
		readonly name: string;
		readonly width: number;
		readonly height: number;
	};
	readonly method: string;
	/** Where each pixel's class comes from: `predicted`, one for all, or a mask. */
	readonly class:
		| 'predicted'
		| {readonly id: number; readonly label: string | null}
		| {readonly mask: FileMark};
	readonly top: number;
	readonly threshold: number;
	readonly stride: number;
	readonly upsample: boolean;
};

/** A file and its hash. */
export type FileMark = {readonly file: string; readonly sha256: string};

/** The record beside a finished CSV, `NAME.csv.json`. */
export type CsvRecord = Settings & {
	readonly counts: Counts;
	readonly bytes: number;
};

/** The progress of an unfinished CSV. */
export type Checkpoint = {
	readonly settings: Settings;
	/** Rows of the image in the file, and their bytes. */
	readonly rows: number;
	readonly bytes: number;
	readonly counts: Counts;
};

/** The location of a file does not affect the result. */
const comparable = (key: string, value: unknown) =>
	key === 'file' ? undefined : value;

/** The names of the settings that differ. */
export const changedSettings = (
	before: Partial<Settings>,
	now: Settings,
): readonly string[] =>
	Object.entries(now)
		.filter(
			([key, value]) =>
				JSON.stringify(value, comparable) !==
				JSON.stringify(
					Object.entries(before).find(([name]) => name === key)?.[1],
					comparable,
				),
		)
		.map(([key]) => key);
