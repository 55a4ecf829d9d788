import {type ColorMap, weightColor} from './colormaps.js';
import {type Image, solidImage} from './image.js';
import {paintPixel} from './markers.js';
import {type Size} from './view.js';

type Range = {readonly lower: number; readonly upper: number};

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
	thumbs: Range,
): Image => {
	const bar = solidImage(width, height, 0);
	for (const [x, weight] of legendWeights(width, thumbs).entries()) {
		const color = weightColor(map, legendWeight(x, width));
		for (let y = 0; y < height; y++) {
			paintPixel(bar, x, y, Number.isNaN(weight) ? dim(color) : color);
		}
	}

	return bar;
};

/** The weight (0–1) of each column of a legend, NaN outside `[lower, upper]`. */
export const legendWeights = (
	width: number,
	{lower, upper}: Range,
): Float32Array => {
	// Half a pixel of tolerance, so that a thumb's own pixel is always inside.
	const tolerance = 0.5 / Math.max(1, width - 1);
	return Float32Array.from({length: width}, (_, x) => {
		const weight = legendWeight(x, width);
		return weight >= lower - tolerance && weight <= upper + tolerance
			? Math.min(Math.max(weight, lower), upper)
			: Number.NaN;
	});
};

/** The weight (0–1) that column `x` of a legend `width` columns wide stands for. */
export const legendWeight = (x: number, width: number): number =>
	width < 2 ? 0 : Math.min(1, Math.max(0, x / (width - 1)));

/** The column of a legend `width` columns wide that stands for a weight (0–1). */
export const legendColumn = (weight: number, width: number): number =>
	Math.round(weight * (width - 1));
