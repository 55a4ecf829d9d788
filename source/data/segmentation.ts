import type {Color} from '../raster/image.js';
import type {Segmentation, SegmentationClass} from '../raster/segmentation.js';
import {readLabelImage, type Label} from './label-image.js';
import {
	choosePalette,
	greyOf,
	readWith,
	type Reading,
} from './palettes/choose.js';
import {
	findPaletteBeside,
	findPalettes,
	knownPalettes,
} from './palettes/find.js';
import {vocColor} from './palettes/palette.js';

const rgbText = (color: Color) =>
	`${color >> 16}, ${(color >> 8) & 0xff}, ${color & 0xff}`;

/** The class of a label without a palette entry. */
const unknownClass = (
	{id, color}: Label,
	coding: Reading['coding'] | undefined,
	freeId: number,
): SegmentationClass => {
	if (id !== undefined && (coding !== 'color' || color === undefined)) {
		const hasColor = color !== undefined && color !== greyOf(id);
		return {
			id,
			name: `class ${id}`,
			color: hasColor ? color : vocColor(id),
		};
	}

	return {
		id: freeId,
		name: `unknown (${color === undefined ? 'other colours' : rgbText(color)})`,
		color: color ?? 0,
		isUnknown: true,
	};
};

const nameClasses = (
	found: readonly Label[],
	reading: Reading | undefined,
): Map<number, SegmentationClass> => {
	let freeId = Math.max(
		0,
		...(reading?.palette.classes ?? []).map(({id}) => id + 1),
	);
	return new Map(
		found.map((label) => [
			label.key,
			reading?.classOf(label) ?? unknownClass(label, reading?.coding, freeId++),
		]),
	);
};

/**
Reads a segmentation: a PNG with a colour table, a picture of colours, or a picture of 8- or 16-bit class numbers.

Class names and colours come from `palette`, otherwise from a JSON file beside the segmentation, otherwise from the dataset that fits the file best (see `choosePalette`). A label without a class keeps its own colour or number.

@param options.width The image's width, in pixels.
@param options.height The image's height, in pixels.
@param options.palette `voc`, `cityscapes`, `camvid`, `ade20k`, or a JSON file.
@throws {UsageError} If it cannot be read, has another size than the image, or the palette cannot be used.
*/
export const loadSegmentation = async (
	path: string,
	options: {
		readonly width: number;
		readonly height: number;
		readonly palette?: string;
	},
): Promise<Segmentation> => {
	const named =
		options.palette === undefined
			? undefined
			: await findPalettes(options.palette);
	const {width, height, labels, found} = await readLabelImage(path, options);
	const beside = named ? undefined : await findPaletteBeside(path);
	const given = named ?? (beside && [beside]);
	const reading = given
		? readWith(given, found)
		: choosePalette(knownPalettes, found);
	return {
		width,
		height,
		labels,
		classes: nameClasses(found, reading),
		palette: describePalette(reading, found, given !== undefined),
	};
};

/** The palette's name on the screen, marked as a guess if only numbers or a single colour speak for it. */
const describePalette = (
	reading: Reading | undefined,
	found: readonly Label[],
	isGiven: boolean,
) => {
	if (!reading) {
		return 'none';
	}

	const {
		palette: {name},
		coding,
	} = reading;
	const agreeing = found.filter(
		(label) => label.color && reading.classOf(label)?.color === label.color,
	);
	// One colour may agree by chance; one that has the right number too does not.
	const isSure = agreeing.length >= (coding === 'id' ? 1 : 2);
	return isGiven || isSure ? name : `${name} (guess)`;
};
