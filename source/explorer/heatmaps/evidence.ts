import {type Heatmap, isLayers} from '../../cam/heatmap.js';
import type {Box, Size} from '../../raster/view.js';
import type {Thumbs} from '../state.js';

/** A heatmap's Grad-CAM pixels, in numbers. */
export type Evidence = {
	/** How many Grad-CAM pixels there are. */
	readonly count: number;
	/** How many of them lie between the thumbs. */
	readonly shown: number;
	/** The bounding box in image pixels, all four sides inclusive; undefined where there are no Grad-CAM pixels. */
	readonly box?: Box;
	/** The smallest and the largest weight, 0–1. */
	readonly weights?: readonly [least: number, greatest: number];
};

/** The image pixels that a box of grid cells covers. */
const toImage = (box: Box, grid: Heatmap, image: Size): Box => {
	const {x, y, width, height} = grid.extent ?? {x: 0, y: 0, ...image};
	const column = (cell: number): number => x + (cell * width) / grid.width;
	const row = (cell: number): number => y + (cell * height) / grid.height;
	return {
		left: Math.max(0, Math.floor(column(box.left))),
		top: Math.max(0, Math.floor(row(box.top))),
		right: Math.min(image.width, Math.ceil(column(box.right + 1))) - 1,
		bottom: Math.min(image.height, Math.ceil(row(box.bottom + 1))) - 1,
	};
};

/**
Counts and bounds the Grad-CAM pixels of a heatmap.

A file lists its Grad-CAM pixels, so all of them count. A network weighs every cell of a layer, so those at or above the lower thumb count.
*/
export const weighEvidence = (
	heatmap: Heatmap,
	image: Size,
	thumbs: Thumbs,
): Evidence => {
	// Weights are 32-bit floats, and as such 0.8 is slightly more than 0.8.
	const lower = Math.fround(thumbs.lower);
	const upper = Math.fround(thumbs.upper);
	const least = isLayers(heatmap) ? lower : Number.NEGATIVE_INFINITY;
	let count = 0;
	let shown = 0;
	let [minimum, maximum] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
	let [left, top, right, bottom] = [heatmap.width, heatmap.height, -1, -1];
	for (let entry = 0; entry < heatmap.indices.length; entry++) {
		const weight = heatmap.weights[entry];
		if (!(weight >= least)) {
			continue;
		}

		count++;
		shown += Number(weight >= lower && weight <= upper);
		minimum = Math.min(minimum, weight);
		maximum = Math.max(maximum, weight);
		const column = heatmap.indices[entry] % heatmap.width;
		const row = Math.floor(heatmap.indices[entry] / heatmap.width);
		left = Math.min(left, column);
		right = Math.max(right, column);
		top = Math.min(top, row);
		bottom = Math.max(bottom, row);
	}

	return {
		count,
		shown,
		...(count > 0 && {
			box: toImage({left, top, right, bottom}, heatmap, image),
			weights: [minimum, maximum],
		}),
	};
};
