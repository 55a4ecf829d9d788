import type {Disagreement} from '../../explorer/network/segmentations.js';
import {type Image, solidImage} from '../../raster/image.js';

/** A mask, white where two segmentations differ. */
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

/** The brightness left where they agree, 0–1. */
const dimmed = 0.45;

/** The period of the stripes, in canvas pixels. */
const period = 6;

/**
Dims a canvas and paints diagonal stripes where segmentations differ, alternating their colours, in place.

@param layers.mask White where they differ.
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
		// Thin edges are below the canvas's resolution, and no difference worth showing.
		const isDisputed = mask.data[offset] > 127;
		for (let byte = offset; byte < offset + 3; byte++) {
			data[byte] = isDisputed ? stripe[byte] : data[byte] * dimmed;
		}
	}
};
