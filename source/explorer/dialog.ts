/** The files that an image is explored with, in the order in which they are asked for. */
export const fileKinds = ['image', 'segmentation', 'csv'] as const;

/** What a file is to the explorer. */
export type FileKind = (typeof fileKinds)[number];

/** The paths chosen so far. */
export type ChosenFiles = Readonly<Partial<Record<FileKind, string>>>;

/** A line of a file list. */
export type FileEntry = {
	readonly name: string;
	/** The name without control characters, for the screen. */
	readonly label: string;
	readonly isFolder: boolean;
};

/** Three file lists in sequence; the first of `steps` is open. */
export type Picker = {
	readonly kind: 'picker';
	readonly steps: readonly FileKind[];
	readonly chosen: ChosenFiles;
	/** The case that the files are for, if one was asked for. */
	readonly caseName?: string | undefined;
	readonly folder: string;
	/** The folder for the screen. */
	readonly folderLabel: string;
	/** Undefined until the folder has been read. */
	readonly entries: readonly FileEntry[] | undefined;
	readonly filter: string;
	/** Row among the entries that pass the filter. */
	readonly selected: number;
};

/** What lies over the panes and takes the keys. */
export type Dialog =
	| {readonly kind: 'help'; readonly scroll: number}
	| {readonly kind: 'goto'; readonly text: string}
	| {readonly kind: 'quit'}
	/** An earlier session on this image was cut; `marked` is what its points would be with that session's changes. */
	| {readonly kind: 'recover'; readonly marked: readonly number[]}
	| Picker;
