/**
The explanation of one target: which cells of a grid speak for it, and how strongly.

A CSV file lists cells of the image itself, a network cells of a layer. Drawing scales either grid to the image, so both look and filter alike.
*/
export type Heatmap = {
	/** Columns of the grid: the image's width in pixels, or the layer's. */
	readonly width: number;
	/** Rows of the grid. */
	readonly height: number;
	/** The part of the image that a layer's grid covers, in image pixels; left out where the cells are the image's own pixels. */
	readonly extent?: {
		readonly x: number;
		readonly y: number;
		readonly width: number;
		readonly height: number;
	};
	/** Flat indices `row · width + column` of the cells that are listed. */
	readonly indices: Uint32Array;
	/** The weight of each listed cell, 0–1. */
	readonly weights: Float32Array;
};

/** Whether the cells are a layer's, each with a weight, and not selected pixels of the image. */
export const isLayers = ({extent}: Heatmap): boolean => extent !== undefined;
