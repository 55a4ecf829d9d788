import {readdir} from 'node:fs/promises';
import path from 'node:path';
import {inputError} from '../../data/input-file.js';
import type {FileEntry, FileKind} from '../../explorer/dialog.js';
import {stripControl} from '../../text.js';

/** The suffixes of each kind of file. */
const suffixes: Readonly<Record<FileKind, RegExp>> = {
	image: /\.(?:jpe?g|png|webp|tiff?|avif|gif|svg)$/iv,
	segmentation: /\.png$/iv,
	csv: /\.(?:csv|txt)$/iv,
};

const entryOf = (name: string, isFolder: boolean): FileEntry => ({
	name,
	label: stripControl(name),
	isFolder,
});

const readFolder = async (folder: string) => {
	try {
		return await readdir(folder, {withFileTypes: true});
	} catch (error) {
		throw inputError(error, folder, 'folder');
	}
};

/**
Lists a folder for a file list: the way up first, then folders, then files of the right kind; hidden ones are left out.

@throws {UsageError} If the folder cannot be read.
*/
export const listFolder = async (
	folder: string,
	kind: FileKind,
): Promise<readonly FileEntry[]> => {
	const found = await readFolder(folder);
	const {compare} = new Intl.Collator(undefined, {numeric: true});
	const names = (wanted: (entry: (typeof found)[number]) => boolean) =>
		found
			.filter((entry) => !entry.name.startsWith('.') && wanted(entry))
			.map(({name}) => name)
			.toSorted(compare);
	const isRoot = path.dirname(folder) === folder;
	return [
		...(isRoot ? [] : [entryOf('..', true)]),
		...names((entry) => entry.isDirectory()).map((name) => entryOf(name, true)),
		// A link may lead to a folder; opening it says so.
		...names(
			(entry) => !entry.isDirectory() && suffixes[kind].test(entry.name),
		).map((name) => entryOf(name, false)),
	];
};
