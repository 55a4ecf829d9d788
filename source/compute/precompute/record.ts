import type {Counts} from './plan.js';

/** What makes a CSV what it is: the same settings give the same bytes. */
export type Settings = {
	/** The program and its version. */
	readonly generator: string;
	readonly image: FileMark & {readonly width: number; readonly height: number};
	readonly model: FileMark & {
		/** Height and width in pixels. */
		readonly inputSize: readonly [number, number];
		/** How the image was brought to it. */
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
	/** Where each pixel's class is from: `predicted`, one for all, or a mask. */
	readonly class:
		| 'predicted'
		| {readonly id: number; readonly label: string | null}
		| {readonly mask: FileMark};
	readonly top: number;
	readonly threshold: number;
	readonly stride: number;
	readonly upsample: boolean;
};

/** A file and its content. */
export type FileMark = {readonly file: string; readonly sha256: string};

/** What lies beside a finished CSV, as `NAME.csv.json`. */
export type CsvRecord = Settings & {
	readonly counts: Counts;
	readonly bytes: number;
};

/** How far an unfinished CSV is. */
export type Checkpoint = {
	readonly settings: Settings;
	/** Rows of the image that are in the file, and the bytes they take. */
	readonly rows: number;
	readonly bytes: number;
	readonly counts: Counts;
};

/** Where a file lies does not change what is made of it. */
const comparable = (key: string, value: unknown) =>
	key === 'file' ? undefined : value;

/** The names of the settings in which two differ. */
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
