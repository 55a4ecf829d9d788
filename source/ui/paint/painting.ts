import type {Painting} from '../../explorer/views/painting.js';
import {colorMap} from '../../raster/colormaps.js';
import {gridWeights} from '../../raster/grid-weights.js';
import type {Image} from '../../raster/image.js';
import {paintHeatmap} from '../../raster/overlay.js';
import type {Size} from '../../raster/view.js';
import {keptGround, paintGround} from './ground.js';

/** The heatmap's weight at each canvas pixel, NaN where there is none; undefined without a heatmap. */
export const shownWeights = (
	{image, view, heatmap, isCoarse, thumbs}: Painting,
	canvas: Size,
): Float32Array | undefined =>
	heatmap &&
	gridWeights(
		heatmap,
		{view, image, canvas},
		{...thumbs, interpolate: isCoarse},
	);

const paintOver = (image: Image, painting: Painting, canvas: Size): Image => {
	const weights = shownWeights(painting, canvas);
	if (weights) {
		paintHeatmap(
			image,
			weights,
			colorMap(painting.colormap),
			painting.heatmapOpacity,
		);
	}

	return image;
};

/**
Draws a part of the image with its segmentation and heatmap on a new canvas.

@param canvas Canvas pixels.
*/
export const paint = (painting: Painting, canvas: Size): Image => {
	const ground = keptGround(painting, canvas);
	return paintOver(
		{...ground, data: new Uint8Array(ground.data)},
		painting,
		canvas,
	);
};

/** Draws the same with one canvas pixel for each image pixel, uncached. */
export const paintFullSize = (painting: Painting): Image => {
	const {image, view} = painting;
	const left = Math.max(0, Math.floor(view.x));
	const top = Math.max(0, Math.floor(view.y));
	const canvas = {
		width: Math.min(image.width, Math.ceil(view.x + view.width)) - left,
		height: Math.min(image.height, Math.ceil(view.y + view.height)) - top,
	};
	const whole = {...painting, view: {x: left, y: top, ...canvas}};
	return paintOver(paintGround(whole, canvas), whole, canvas);
};
