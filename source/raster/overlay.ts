import {type ColorMap, colorMapOffset} from './colormaps.js';
import {type Image, solidImage} from './image.js';
import {type Segmentation} from './segmentation.js';

/**
A segmentation as an image of its class colours, to be resampled as the image is and laid over it.

Averaging colours where it shrinks keeps thin classes visible, which a pick of one label would lose.
*/
export const segmentationImage = ({
	width,
	height,
	labels,
	classes,
}: Segmentation): Image => {
	const image = solidImage(width, height, 0);
	const {data} = image;
	const colors = new Int32Array(Math.max(0, ...classes.keys()) + 1);
	for (const [key, {color}] of classes) {
		colors[key] = color;
	}

	for (let pixel = 0; pixel < labels.length; pixel++) {
		const color = colors[labels[pixel]];
		data[3 * pixel] = color >> 16;
		data[3 * pixel + 1] = color >> 8;
		data[3 * pixel + 2] = color;
	}

	return image;
};

/**
Lays an image over a canvas of the same size, in place.

@param opacity 0 leaves the canvas, 1 replaces it.
*/
export const paintImage = (
	{data: target}: Image,
	{data}: Image,
	opacity: number,
): void => {
	for (let offset = 0; offset < target.length; offset++) {
		const below = target[offset];
		target[offset] = below + (data[offset] - below) * opacity + 0.5;
	}
};

/**
Colours the pixels of a canvas by their weights, in place.

@param weights A weight (0–1) for each canvas pixel; NaN leaves it as it is.
@param opacity 0 leaves the canvas, 1 shows the colour map alone.
*/
export const paintHeatmap = (
	canvas: Image,
	weights: Float32Array,
	map: ColorMap,
	opacity: number,
): void => {
	for (let pixel = 0; pixel < weights.length; pixel++) {
		const weight = weights[pixel];
		if (Number.isNaN(weight)) {
			continue;
		}

		const color = colorMapOffset(weight);
		const mix = (opacity * map[color + 3]) / 255;
		const target = 3 * pixel;
		for (let channel = 0; channel < 3; channel++) {
			const below = canvas.data[target + channel];
			canvas.data[target + channel] =
				below + (map[color + channel] - below) * mix + 0.5;
		}
	}
};
