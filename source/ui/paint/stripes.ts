import type {Disagreement} from '../../explorer/segmentations.js';
import {type Image, solidImage} from '../../raster/image.js';

/** An image that is white where two segmentations differ. */
export const maskImage = ({
	mask,
	segmentation: {width, height},
}: Disagreement): Image => {
	const image = solidImage(width, height, 0);
	for (const [pixel, differs] of mask.entries()) {
		image.data.fill(255 * differs, 3 * pixel, 3 * pixel + 3);
	}

	return image;
};

/** How much of the picture is left where nothing is disputed, 0–1. */
const dimmed = 0.45;

/** Width of a stripe and its neighbour together, in canvas pixels. */
const period = 6;

/**
Dims a canvas and paints what is disputed in slanting stripes, one in the colour of each opinion, in place.

@param layers.mask - White where the opinions differ.
*/
export const paintStripes = (
	canvas: Image,
	{one, other, mask}: {one: Image; other: Image; mask: Image},
): void => {
	const {data, width} = canvas;
	for (let offset = 0; offset < data.length; offset += 3) {
		const pixel = offset / 3;
		const slant = (pixel % width) + Math.floor(pixel / width);
		const {data: stripe} = slant % period < period / 2 ? one : other;
		// Thin edges, which the canvas is too coarse for, are no dispute that anybody could see.
		const isDisputed = mask.data[offset] > 127;
		for (let byte = offset; byte < offset + 3; byte++) {
			data[byte] = isDisputed ? stripe[byte] : data[byte] * dimmed;
		}
	}
};
