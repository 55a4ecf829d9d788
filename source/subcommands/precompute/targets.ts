import path from 'node:path';
import {UsageError} from '../../errors.js';

/** Where what is made of an image goes. */
export type Target = {
	readonly image: string;
	readonly csv: string;
	/** Where the segmentation goes that the network itself sees. */
	readonly segmentation: string;
	/** A copy of the image for the folder of a case; undefined where the image stays where it is. */
	readonly copy?: string;
};

/** The suffixes that cases are found by; other pictures are copied as PNG. */
const imageSuffixes = new Set(['.jpg', '.jpeg', '.png']);

const beside = (image: string, csv: string): Target => {
	const {dir, name} = path.parse(csv);
	return {
		image,
		csv,
		segmentation: path.join(dir, `${name}-segmentation.png`),
	};
};

const inFolder = (image: string, folder: string): Target => {
	const {name, ext} = path.parse(image);
	const suffix = imageSuffixes.has(ext.toLowerCase())
		? ext.toLowerCase()
		: '.png';
	const to = path.join(folder, name, name);
	return {...beside(image, `${to}.csv`), copy: `${to}${suffix}`};
};

/**
Decides where files go: one image's CSV beside it or where `--out` says; those of several, or where `--out` names a folder, each into a folder of its own that the explorer opens as an interesting case.

@throws {UsageError} When two images have the same name.
*/
export const chooseTargets = (
	images: readonly string[],
	out: string | undefined,
): readonly Target[] => {
	const [first] = images;
	const isFile = out?.toLowerCase().endsWith('.csv') ?? images.length === 1;
	if (images.length > 1 && isFile) {
		throw new UsageError(
			`--out "${out}" names one CSV for ${images.length} images; name a folder`,
		);
	}

	if (isFile) {
		const {dir, name} = path.parse(first);
		return [beside(first, out ?? path.join(dir, `${name}.csv`))];
	}

	const targets = images.map((image) => inFolder(image, out ?? '.'));
	for (const [index, {csv, image}] of targets.entries()) {
		const other = targets.findIndex((target) => target.csv === csv);
		if (other < index) {
			throw new UsageError(
				`The images "${images[other]}" and "${image}" have the same name; explain them one by one, each with its own --out`,
			);
		}
	}

	return targets;
};
