import type {Painting} from '../../explorer/views/painting.js';
import {colorMap} from '../../raster/colormaps.js';
import {gridWeights} from '../../raster/grid-weights.js';
import type {Image} from '../../raster/image.js';
import {
	paintHeatmap,
	paintImage,
	segmentationImage,
} from '../../raster/overlay.js';
import {type Pyramid, buildPyramid, resample} from '../../raster/resample.js';
import type {Segmentation} from '../../raster/segmentation.js';
import type {Size} from '../../raster/view.js';

const imagePyramids = new WeakMap<Image, Pyramid>();
const segmentationPyramids = new WeakMap<Segmentation, Pyramid>();

const remember = <Key extends WeakKey>(
	cache: WeakMap<Key, Pyramid>,
	key: Key,
	make: (key: Key) => Image,
): Pyramid => {
	const pyramid = cache.get(key) ?? buildPyramid(make(key));
	cache.set(key, pyramid);
	return pyramid;
};

const paintGround = (
	{subject: {image, segmentation}, view, segmentationOpacity}: Painting,
	canvas: Size,
): Image => {
	const ground = resample(
		remember(imagePyramids, image, (self) => self),
		view,
		canvas,
	);
	if (segmentation && segmentationOpacity > 0) {
		const classes = resample(
			remember(segmentationPyramids, segmentation, segmentationImage),
			view,
			canvas,
		);
		paintImage(ground, classes, segmentationOpacity);
	}

	return ground;
};

// Most frames differ in cursor and heatmap only, so the ground of the latest views is kept: the picture's, and those of the patches in sight.
const groundLimit = 64;
let grounds = new Map<string, Image>();
let groundSubject: Painting['subject'] | undefined;

const groundOf = (painting: Painting, canvas: Size): Image => {
	if (painting.subject !== groundSubject) {
		groundSubject = painting.subject;
		grounds = new Map();
	}

	const {view, segmentationOpacity} = painting;
	const key = [
		view.x,
		view.y,
		view.width,
		view.height,
		canvas.width,
		canvas.height,
		segmentationOpacity,
	].join(' ');
	const ground = grounds.get(key) ?? paintGround(painting, canvas);
	grounds.delete(key);
	grounds.set(key, ground);
	if (grounds.size > groundLimit) {
		const [oldest] = grounds.keys();
		grounds.delete(oldest);
	}

	return ground;
};

/** The weights that a canvas shows of a painting's heatmap, NaN where none; undefined without a heatmap. */
export const shownWeights = (
	{subject: {image, heatmaps}, view, heatmap, thumbs}: Painting,
	canvas: Size,
): Float32Array | undefined =>
	heatmap &&
	gridWeights(
		heatmap,
		{view, image, canvas},
		{...thumbs, interpolate: heatmaps === 'network'},
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
Draws a part of the image with its segmentation and its heatmap on a new canvas.

@param canvas - Canvas pixels.
*/
export const paint = (painting: Painting, canvas: Size): Image => {
	const ground = groundOf(painting, canvas);
	return paintOver(
		{...ground, data: new Uint8Array(ground.data)},
		painting,
		canvas,
	);
};

/** Draws the same with a canvas pixel for each image pixel, and keeps nothing of it. */
export const paintFullSize = (painting: Painting): Image => {
	const {x, y, width, height} = painting.view;
	const {image} = painting.subject;
	const left = Math.max(0, Math.floor(x));
	const top = Math.max(0, Math.floor(y));
	const canvas = {
		width: Math.min(image.width, Math.ceil(x + width)) - left,
		height: Math.min(image.height, Math.ceil(y + height)) - top,
	};
	const whole = {...painting, view: {x: left, y: top, ...canvas}};
	return paintOver(paintGround(whole, canvas), whole, canvas);
};
