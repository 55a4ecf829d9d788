import {readdir} from 'node:fs/promises';
import path from 'node:path';

/** The files of an image named in interesting.json, as far as they exist. */
export type CaseFiles = {
	readonly image?: string;
	readonly segmentation?: string;
	readonly csv?: string;
};

/** Possible names of each file, best first. If the image is a PNG too, the segmentation has a suffix of its own. */
const suffixes = {
	image: ['.jpg', '.jpeg', '.png'],
	segmentation: ['-segmentation.png', '-seg.png', '.png'],
	csv: ['.csv'],
} as const;

/** The files of a folder by their lower-case names, since cameras write `.JPG`. */
const listFolder = async (folder: string): Promise<Map<string, string>> => {
	try {
		const names = await readdir(folder);
		return new Map(
			names.map((name) => [name.toLowerCase(), path.join(folder, name)]),
		);
	} catch {
		return new Map<string, string>();
	}
};

/**
Finds the files of a case: `NAME.jpg` (or `.jpeg`, `.png`), `NAME.png` (or `NAME-segmentation.png`, `NAME-seg.png`) and `NAME.csv`, each in the folder `NAME` beside the points file, or beside it.

@param pointsPath The interesting.json that names the case.
*/
export const findCase = async (
	pointsPath: string,
	name: string,
): Promise<CaseFiles> => {
	const folder = path.dirname(pointsPath);
	// The name comes from a file; it may not lead out of the folder.
	const isPlain = path.basename(name) === name && name !== '..';
	const folders = isPlain
		? await Promise.all([
				listFolder(path.join(folder, name)),
				listFolder(folder),
			])
		: [];
	const find = (candidates: readonly string[], exclude?: string) =>
		folders
			.flatMap((files) =>
				candidates.map((suffix) => files.get((name + suffix).toLowerCase())),
			)
			.find((file) => file !== undefined && file !== exclude);

	const image = find(suffixes.image);
	const segmentation = find(suffixes.segmentation, image);
	const csv = find(suffixes.csv);
	return {
		...(image && {image}),
		...(segmentation && {segmentation}),
		...(csv && {csv}),
	};
};
