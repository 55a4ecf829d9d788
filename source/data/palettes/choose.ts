import type {SegmentationClass} from '../../raster/segmentation.js';
import type {Label} from '../label-image.js';
import type {Palette} from './palette.js';

/** How a palette's classes are found in a file: by the colour of a pixel or by its number. */
export type Coding = 'color' | 'id';

/** A palette and how it reads a file. */
export type Reading = {
	readonly palette: Palette;
	readonly coding: Coding;
	/** The class of a label, if the palette knows it. */
	classOf(label: Label): SegmentationClass | undefined;
};

const codings: readonly Coding[] = ['color', 'id'];

const read = (palette: Palette, coding: Coding): Reading => {
	// Where two classes share a colour or a number, the first one counts.
	const byCode = new Map(
		palette.classes.toReversed().map((each) => [each[coding], each]),
	);
	return {
		palette,
		coding,
		classOf: (label) =>
			label[coding] === undefined ? undefined : byCode.get(label[coding]),
	};
};

const sumPixels = (found: readonly Label[]) =>
	found.reduce((sum, {pixels}) => sum + pixels, 0);

/** The share of the labels' pixels that a reading can name, 0–1. */
const coverage = (reading: Reading, found: readonly Label[]) =>
	sumPixels(found.filter((label) => reading.classOf(label))) /
	(sumPixels(found) || 1);

/** Whether both numbers and colours are a palette's, class by class, as in a PNG with the dataset's own colour table. */
const matchesBoth = (palette: Palette, found: readonly Label[]) => {
	const byId = read(palette, 'id');
	return found.every(
		(label) =>
			label.color !== undefined && byId.classOf(label)?.color === label.color,
	);
};

/** The best by several measures; the first that differs decides. */
const best = <T>(
	candidates: readonly T[],
	...measures: ReadonlyArray<(candidate: T) => number>
): T | undefined => {
	const scored = candidates.map((candidate) => ({
		candidate,
		scores: measures.map((measure) => measure(candidate)),
	}));
	scored.sort(
		(a, b) =>
			b.scores.map((score, i) => score - a.scores[i]).find(Boolean) ?? 0,
	);
	return scored[0]?.candidate;
};

/** Black is void in every dataset; only the other labels tell them apart. */
const withoutBlack = (found: readonly Label[]) =>
	found.filter(({color}) => color !== 0);

/** At least half of those pixels must be known. */
const isConvincing = (share: number) => share >= 0.5;

const fewestClasses = ({palette}: Reading) => -palette.classes.length;

const readByColor = (
	palettes: readonly Palette[],
	found: readonly Label[],
): Reading | undefined => {
	const telling = withoutBlack(found);
	const reading = best(
		palettes.map((palette) => read(palette, 'color')),
		(reading) => coverage(reading, telling),
		fewestClasses,
	);
	return reading && isConvincing(coverage(reading, telling))
		? reading
		: undefined;
};

/** Objects before a background are rarely of more kinds, and scenes rarely have so few classes. */
const fewObjects = 4;

const readById = (
	palettes: readonly Palette[],
	found: readonly Label[],
): Reading | undefined => {
	const objects = found.filter(({id}) => id !== 0 && id !== 255);
	const hasBackground =
		objects.length <= fewObjects && found.some(({id}) => id === 0);
	const isBinary = found.length <= 2 && objects.every(({id}) => id === 1);
	const reading = best(
		palettes
			.filter(({isColorOnly}) => !isColorOnly)
			.map((palette) => read(palette, 'id')),
		(reading) => coverage(reading, found),
		({palette}) => Number(Boolean(palette.hasBackground) === hasBackground),
		fewestClasses,
	);
	return reading && !isBinary && isConvincing(coverage(reading, found))
		? reading
		: undefined;
};

/**
Finds the dataset that a segmentation belongs to.

1. A colour table that gives every class the dataset's own colour settles it.
2. Else colours: the palette that knows most of the pixels, black ones aside, if it knows half of them; the smaller palette where two know as many.
3. Else numbers, where the file has no colours of its own: the palette that knows most of the pixels, if it knows half of them. Where several know as many, up to four classes before a class 0 are VOC's objects, more are a scene, and the smallest palette that fits is taken. Masks of 0 and 1, or 0 and 255, are nobody's.

@returns Nothing if no palette is convincing.
*/
export const choosePalette = (
	palettes: readonly Palette[],
	found: readonly Label[],
): Reading | undefined => {
	const exact = palettes.find((palette) => matchesBoth(palette, found));
	if (exact) {
		return read(exact, 'id');
	}

	const hasColors = found.some(
		({id, color}) => color !== undefined && color !== greyOf(id),
	);
	return (
		readByColor(palettes, found) ??
		(hasColors ? undefined : readById(palettes, found))
	);
};

/** The grey of level `id`, in a file that had to store a number as a colour. */
export const greyOf = (id: number | undefined): number | undefined =>
	id === undefined ? undefined : id * 0x01_01_01;

/** The best reading with the palettes that the user named, however little of the file they know. */
export const readWith = (
	palettes: readonly Palette[],
	found: readonly Label[],
): Reading => {
	const readings = palettes.flatMap((palette) =>
		codings
			.filter((coding) => coding === 'color' || !palette.isColorOnly)
			.map((coding) => read(palette, coding)),
	);
	return best(
		readings,
		(reading) => coverage(reading, found),
		({coding}) => Number(coding === 'color'),
		fewestClasses,
	)!;
};
