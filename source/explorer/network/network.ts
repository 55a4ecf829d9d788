import type {
	Segmentation,
	SegmentationClass,
} from '../../raster/segmentation.js';
import {toGrid, type View} from '../../raster/view.js';
import type {Point, State} from '../state.js';

/** A layer that can be explained. */
export type NetworkLayer = {
	readonly name: string;
	/** `[1, channels, height, width]` */
	readonly shape: readonly number[];
};

/** A layer's name for the screen, where PyTorch's "_output_0" behind the node's name would take the room of what tells layers apart. `--layer` takes it too. */
export const layerLabel = (name: string): string =>
	name.replace(/_output_0$/v, '');

/** A network's prediction for the image, by cells of its output. */
export type Prediction = {
	/** Columns and rows of the output; a single cell for a classifier. */
	readonly width: number;
	readonly height: number;
	/** The part of the image that the output covers, in image pixels. */
	readonly view: View;
	/** `[classes, height, width]`, before a softmax. */
	readonly logits: Float32Array;
	/** The predicted class of every image pixel, and one class more for what the network does not see; absent for a classifier. */
	readonly segmentation?: Segmentation;
};

/** A network and its prediction for the image. */
export type Network = {
	/** For the screen. */
	readonly name: string;
	/** The runtime, for the screen: "onnxruntime 1.30 (CPU)". */
	readonly runtime: string;
	/** By id. */
	readonly classes: readonly SegmentationClass[];
	/** In network order. */
	readonly layers: readonly NetworkLayer[];
	readonly prediction: Prediction;
};

/** The network, once it has seen the image. */
export const networkOf = ({network}: State): Network | undefined =>
	network === 'opening' ? undefined : network;

/** The output cell of an image pixel; undefined where the network does not see the pixel. */
export const cellAt = (
	{width, height, view}: Prediction,
	point: Point,
): number | undefined => {
	const place = toGrid(point, view, {width, height});
	return place && place.y * width + place.x;
};

/** The image pixel at the centre of an output cell. */
export const pixelOf = (
	{width, height, view}: Prediction,
	cell: number,
): Point => ({
	x: Math.floor(view.x + (((cell % width) + 0.5) * view.width) / width),
	y: Math.floor(
		view.y + ((Math.floor(cell / width) + 0.5) * view.height) / height,
	),
});

/** The class with the greatest logit in a cell. */
export const predictedClass = (
	{classes, prediction: {logits, width, height}}: Network,
	cell: number,
): number => {
	const space = width * height;
	let best = 0;
	for (let id = 1; id < classes.length; id++) {
		if (logits[id * space + cell] > logits[best * space + cell]) {
			best = id;
		}
	}

	return best;
};

/** The network's probability of a class, 0–1. */
export type RankedClass = SegmentationClass & {readonly probability: number};

/** The classes of a cell, likeliest first. */
export const rankClasses = (
	{classes, prediction: {logits, width, height}}: Network,
	cell: number,
): readonly RankedClass[] => {
	const space = width * height;
	const values = classes.map((_, id) => logits[id * space + cell]);
	const most = Math.max(...values);
	// A single class has a sigmoid, which separates it from its absence.
	const powers =
		values.length === 1
			? [1 / (1 + Math.exp(-values[0]))]
			: values.map((value) => Math.exp(value - most));
	let sum = 0;
	for (const power of powers) {
		sum += power;
	}

	return classes
		.map((entry, id) => ({
			...entry,
			probability: powers[id] / (values.length === 1 ? 1 : sum),
		}))
		.toSorted((one, other) => other.probability - one.probability);
};
