import {type ColorMap, weightColor} from './colormaps.js';
import {type Image, solidImage} from './image.js';
import {paintPixel} from './markers.js';
import {type Size} from './view.js';

/** The brightness of filtered weights in the legend, 0–1. */
const outsideBrightness = 0.35;

const dim = (color: number): number =>
	(Math.round(((color >> 16) & 255) * outsideBrightness) << 16) |
	(Math.round(((color >> 8) & 255) * outsideBrightness) << 8) |
	Math.round((color & 255) * outsideBrightness);

/**
A colour map as a bar from weight 0 (left) to 1 (right); weights outside `[lower, upper]` are dark.
*/
export const legendBar = (
	map: ColorMap,
	{width, height}: Size,
	{lower, upper}: {lower: number; upper: number},
): Image => {
	const bar = solidImage(width, height, 0);
	// Half a pixel of tolerance, so that a thumb's own pixel is always bright.
	const tolerance = 0.5 / Math.max(1, width - 1);
	for (let x = 0; x < width; x++) {
		const weight = legendWeight(x, width);
		const shown = weight >= lower - tolerance && weight <= upper + tolerance;
		const color = weightColor(map, weight);
		for (let y = 0; y < height; y++) {
			paintPixel(bar, x, y, shown ? color : dim(color));
		}
	}

	return bar;
};

/** The weight (0–1) that column `x` of a legend `width` columns wide stands for. */
export const legendWeight = (x: number, width: number): number =>
	width < 2 ? 0 : Math.min(1, Math.max(0, x / (width - 1)));

/** The column of a legend `width` columns wide that stands for a weight (0–1). */
export const legendColumn = (weight: number, width: number): number =>
	Math.round(weight * (width - 1));
