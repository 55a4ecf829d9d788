import path from 'node:path';
import {UsageError} from '../../errors.js';

/** An image, and where its files go. */
export type Destination = {
	readonly image: string;
	readonly csv: string;
	/** The path for the network's own segmentation. */
	readonly segmentation: string;
	/** The path for a copy of the image in a case's folder; undefined if the image stays where it is. */
	readonly copy?: string;
};

/** The suffixes that a case's image may have; other pictures are copied as PNG. */
const imageSuffixes = new Set(['.jpg', '.jpeg', '.png']);

const beside = (image: string, csv: string): Destination => {
	const {dir, name} = path.parse(csv);
	return {
		image,
		csv,
		segmentation: path.join(dir, `${name}-segmentation.png`),
	};
};

const inFolder = (image: string, folder: string): Destination => {
	const {name, ext} = path.parse(image);
	const suffix = imageSuffixes.has(ext.toLowerCase())
		? ext.toLowerCase()
		: '.png';
	const to = path.join(folder, name, name);
	return {...beside(image, `${to}.csv`), copy: `${to}${suffix}`};
};

/**
Decides where files go. One image's CSV goes beside it, or to `--out`. With several images, or if `--out` is a folder, each image gets a folder of its own, which the explorer opens as an interesting case.

@throws {UsageError} If two images have the same name.
*/
export const chooseDestinations = (
	images: readonly string[],
	out: string | undefined,
): readonly Destination[] => {
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

	const destinations = images.map((image) => inFolder(image, out ?? '.'));
	for (const [index, {csv, image}] of destinations.entries()) {
		const other = destinations.findIndex(
			(destination) => destination.csv === csv,
		);
		if (other < index) {
			throw new UsageError(
				`The images "${images[other]}" and "${image}" have the same name; explain them one by one, each with its own --out`,
			);
		}
	}

	return destinations;
};
