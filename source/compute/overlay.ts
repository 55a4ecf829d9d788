import type {Heatmap} from '../cam/heatmap.js';
import {normalise, type Normalisation} from '../cam/normalise.js';
import {colorMap} from '../raster/colormaps.js';
import {gridWeights} from '../raster/grid-weights.js';
import type {Image} from '../raster/image.js';
import {paintFrame} from '../raster/markers.js';
import {paintHeatmap} from '../raster/overlay.js';
import type {ExplainedMap} from './explain.js';

/** A map as a heatmap with every cell listed, by default scaled to a maximum of 1. */
const toHeatmap = (
	{map, width, height}: Pick<ExplainedMap, 'map' | 'width' | 'height'>,
	normalisation: Normalisation = 'max',
): Heatmap => ({
	width,
	height,
	indices: Uint32Array.from(map.keys()),
	weights: normalise(map, normalisation).map((weight) => Math.min(weight, 1)),
});

/** How a map is overlaid on its picture. */
export type OverlayOptions = {
	/** The name of a colour map. */
	readonly colors?: string;
	/** 0 shows only the picture, 1 only the colours. */
	readonly opacity?: number;
	readonly normalisation?: Normalisation;
	/** Whether cells are interpolated, or shown as blocks. */
	readonly interpolate?: boolean;
};

/** Marks the explained pixel. */
const markColor = 0xff_ff_ff;

/** Overlays a map on the picture it explains, at the picture's size, and frames the pixel. */
export const overlayPicture = (
	explained: ExplainedMap,
	{
		colors = 'turbo',
		opacity = 0.55,
		normalisation,
		interpolate = true,
	}: OverlayOptions = {},
): Image => {
	const {input, target} = explained;
	const {picture, view, size} = input;
	const canvas = {...picture, data: Uint8Array.from(picture.data)};
	// The same rectangle in the network's coordinates: the picture as its pixels see it.
	const scaleX = size.width / view.width;
	const scaleY = size.height / view.height;
	const weights = gridWeights(
		toHeatmap(explained, normalisation),
		{
			view: {
				x: -view.x * scaleX,
				y: -view.y * scaleY,
				width: picture.width * scaleX,
				height: picture.height * scaleY,
			},
			image: size,
			canvas: picture,
		},
		{lower: 0, upper: 1, interpolate},
	);
	paintHeatmap(canvas, weights, colorMap(colors), opacity);
	const {x, y} = target;
	if (x !== null && y !== null) {
		const reach = Math.round(Math.min(picture.width, picture.height) / 100);
		paintFrame(
			canvas,
			{left: x - reach, top: y - reach, right: x + reach, bottom: y + reach},
			markColor,
		);
	}

	return canvas;
};
