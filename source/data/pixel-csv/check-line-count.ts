import {UsageError} from '../../errors.js';

type Size = {readonly width: number; readonly height: number};

/** The distance between two shapes; twice as wide and twice as high are equally far. */
const distance = (a: Size, b: Size): number =>
	Math.abs(Math.log((a.width * b.height) / (a.height * b.width)));

/** Shapes further than this from the image's are not worth suggesting. */
const maxDistance = Math.log(2);

/** The likeliest size with this many pixels: one with a side in common with `image`, otherwise the nearest in shape. */
const plausibleSize = (pixels: number, image: Size): Size | undefined => {
	const sizes: Size[] = [];
	for (let side = 1; side * side <= pixels; side++) {
		if (pixels % side === 0) {
			const other = pixels / side;
			sizes.push({width: side, height: other}, {width: other, height: side});
		}
	}

	const near = sizes
		.filter((size) => distance(size, image) <= maxDistance)
		.toSorted((a, b) => distance(a, image) - distance(b, image));
	return (
		near.find(
			({width, height}) => width === image.width || height === image.height,
		) ?? near[0]
	);
};

const count = (value: number): string => value.toLocaleString('en-US');

/**
Checks that a whole file has the lines that the image needs.

@param lines Lines that hold something or end with a line break.
@param isCutOff Whether the file ends without a line break.
@throws {UsageError} If there are not two per pixel; says which image size would fit.
*/
export const checkLineCount = (
	path: string,
	lines: number,
	isCutOff: boolean,
	image: Size,
): void => {
	const needed = 2 * image.width * image.height;
	if (lines === needed) {
		return;
	}

	const fitting = plausibleSize(lines / 2, image);
	const remedy =
		lines < needed && (isCutOff || fitting === undefined)
			? 'it is cut off, so copy or make it again'
			: fitting === undefined
				? 'make it again for this image'
				: `it fits ${fitting.width}×${fitting.height}, so open the image it was made for`;
	throw new UsageError(
		`The CSV "${path}" has ${count(lines)} lines, but ${image.width}×${image.height} pixels need ${count(needed)}, two each; ${remedy}`,
	);
};
