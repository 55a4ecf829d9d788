/** The files of an exploration, in the order in which they are asked for. */
export const fileKinds = ['image', 'segmentation', 'csv'] as const;

/** The role of a file. */
export type FileKind = (typeof fileKinds)[number];

/** The paths chosen so far. */
export type ChosenFiles = Readonly<Partial<Record<FileKind, string>>>;

/** A line of a file list. */
export type FileEntry = {
	readonly name: string;
	/** The name for the screen, without control characters. */
	readonly label: string;
	readonly isFolder: boolean;
};

/** Three file lists in a row; the first of `steps` is open. */
export type Picker = {
	readonly kind: 'picker';
	readonly steps: readonly FileKind[];
	readonly chosen: ChosenFiles;
	/** The case that the files belong to, if it was opened from the list of cases. */
	readonly caseName?: string | undefined;
	readonly folder: string;
	/** The folder for the screen, without control characters. */
	readonly folderLabel: string;
	/** Undefined until the folder has been read. */
	readonly entries: readonly FileEntry[] | undefined;
	readonly filter: string;
	/** Row among the entries that match the filter. */
	readonly selected: number;
};

/** What covers the panes and takes the keys. */
export type Dialog =
	| {readonly kind: 'help'; readonly scroll: number}
	| {readonly kind: 'goto'; readonly text: string}
	/** A search by name in the focused list; `from` is the place that was selected before. */
	| {readonly kind: 'find'; readonly text: string; readonly from: number}
	| {readonly kind: 'quit'}
	/** An earlier session on this image was cut; `marked` is what its points would be with that session's changes. */
	| {readonly kind: 'recover'; readonly marked: readonly number[]}
	| Picker;
