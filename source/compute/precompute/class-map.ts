import {UsageError} from '../../errors.js';
import type {Segmentation} from '../../raster/segmentation.js';
import type {PixelPlaces} from '../input/place-pixels.js';
import {noClass} from './plan.js';

/** The class of each pixel of an image: `noClass`, or a class of the network. */
export type ClassOf = (pixel: number, outputPixel: number) => number;

/** Maps the keys of a mask to the network's classes: by name if any of the mask's names is the network's, else by number. Colours outside the palette have no class. */
export const matchClasses = (
	{classes}: Segmentation,
	count: number,
	labels: readonly string[] | undefined,
): ReadonlyMap<number, number> => {
	const known = (labels ?? []).map((label) => label.toLowerCase());
	const byName = [...classes].map(([key, {name}]): [number, number] => [
		key,
		known.indexOf(name.toLowerCase()),
	]);
	const matched = byName.some(([, id]) => id >= 0)
		? byName
		: [...classes]
				.filter(([, {isUnknown}]) => !isUnknown)
				.map(([key, {id}]): [number, number] => [key, id]);
	return new Map(matched.filter(([, id]) => id >= 0 && id < count));
};

/** How many names an error or a note lists. */
const mostNames = 5;

const listNames = (names: readonly string[]): string =>
	[
		...names.slice(0, mostNames),
		...(names.length > mostNames ? [`${names.length - mostNames} more`] : []),
	].join(', ');

/**
Describes the pixels of a mask that have no class of the network; undefined where there are none.

@param matched From `matchClasses`.
@throws {UsageError} If none of them has one.
*/
export const describeUnmatched = (
	file: string,
	{classes, labels}: Segmentation,
	matched: ReadonlyMap<number, number>,
): string | undefined => {
	const unmatched = [...classes].filter(([key]) => !matched.has(key));
	if (unmatched.length === 0) {
		return undefined;
	}

	const names = listNames(unmatched.map(([, {name}]) => name));
	if (matched.size === 0) {
		throw new UsageError(
			`The mask "${file}" has no class of the network, only ${names}; say what its colours mean with --palette, or what the network's classes are called with --labels`,
		);
	}

	let pixels = 0;
	for (const key of labels) {
		pixels += Number(!matched.has(key));
	}

	return `${pixels.toLocaleString('en-US')} of ${labels.length.toLocaleString('en-US')} pixels of "${file}" are of no class of the network and stay empty: ${names}`;
};

/**
Lists what is explained of an image: every `stride`-th pixel along both axes that the network sees.

@param outputWidth Columns of the network's output.
*/
export const listClasses = (
	{columns, rows}: PixelPlaces,
	outputWidth: number,
	stride: number,
	classOf: ClassOf,
): Uint16Array => {
	const width = columns.length;
	const classes = new Uint16Array(width * rows.length).fill(noClass);
	for (let y = 0; y < rows.length; y += stride) {
		for (let x = 0; x < width; x += stride) {
			if (columns[x] >= 0 && rows[y] >= 0) {
				const pixel = y * width + x;
				classes[pixel] = classOf(pixel, rows[y] * outputWidth + columns[x]);
			}
		}
	}

	return classes;
};
