import {type Heatmap} from '../cam/heatmap.js';
import {type Size, type View, projectSpan} from './view.js';

/** The position of a canvas on an image. */
export type Placement = {
	/** What the canvas shows, in pixels of the image. */
	readonly view: View;
	readonly image: Size;
	readonly canvas: Size;
};

/** Which weights are shown, and how a coarse grid is enlarged. */
export type GridOptions = {
	/** The lowest weight shown, 0–1. */
	readonly lower: number;
	/** The highest weight shown, 0–1. */
	readonly upper: number;
	/** Whether a grid coarser than the canvas is interpolated bilinearly, as a layer's is, or shown as blocks. */
	readonly interpolate: boolean;
};

const cellByCell = (
	heatmap: Heatmap,
	view: View,
	canvas: Size,
	{lower, upper}: GridOptions,
): Float32Array => {
	const {width, height} = canvas;
	const weights = new Float32Array(width * height).fill(Number.NaN);
	for (let entry = 0; entry < heatmap.indices.length; entry++) {
		const weight = heatmap.weights[entry];
		if (!(weight >= lower && weight <= upper)) {
			continue;
		}

		const column = heatmap.indices[entry] % heatmap.width;
		const row = (heatmap.indices[entry] - column) / heatmap.width;
		const [left, right] = projectSpan(
			column,
			column + 1,
			view.x,
			width / view.width,
		);
		const [top, bottom] = projectSpan(
			row,
			row + 1,
			view.y,
			height / view.height,
		);
		for (let y = Math.max(0, top); y <= Math.min(height - 1, bottom); y++) {
			for (let x = Math.max(0, left); x <= Math.min(width - 1, right); x++) {
				const pixel = y * width + x;
				// This way round, NaN (nothing there yet) is replaced too.
				if (!(weights[pixel] >= weight)) {
					weights[pixel] = weight;
				}
			}
		}
	}

	return weights;
};

const bilinear = (
	heatmap: Heatmap,
	view: View,
	canvas: Size,
	{lower, upper}: GridOptions,
): Float32Array => {
	const grid = new Float32Array(heatmap.width * heatmap.height);
	for (let entry = 0; entry < heatmap.indices.length; entry++) {
		grid[heatmap.indices[entry]] = heatmap.weights[entry];
	}

	const clamp = (value: number, length: number): number =>
		Math.min(Math.max(value, 0), length - 1);
	const weights = new Float32Array(canvas.width * canvas.height).fill(
		Number.NaN,
	);
	for (let y = 0; y < canvas.height; y++) {
		const gridY = view.y + ((y + 0.5) * view.height) / canvas.height;
		if (gridY < 0 || gridY >= heatmap.height) {
			continue;
		}

		const rowBelow = clamp(gridY - 0.5, heatmap.height);
		const top = Math.floor(rowBelow) * heatmap.width;
		const bottom = Math.ceil(rowBelow) * heatmap.width;
		const down = rowBelow % 1;
		for (let x = 0; x < canvas.width; x++) {
			const gridX = view.x + ((x + 0.5) * view.width) / canvas.width;
			if (gridX < 0 || gridX >= heatmap.width) {
				continue;
			}

			const column = clamp(gridX - 0.5, heatmap.width);
			const left = Math.floor(column);
			const right = Math.ceil(column);
			const across = column % 1;
			const weight =
				(1 - down) *
					((1 - across) * grid[top + left] + across * grid[top + right]) +
				down *
					((1 - across) * grid[bottom + left] + across * grid[bottom + right]);
			if (weight >= lower && weight <= upper) {
				weights[y * canvas.width + x] = weight;
			}
		}
	}

	return weights;
};

/**
The heatmap's weight at each canvas pixel, row-major; NaN where it shows none.

Where the grid shrinks, a canvas pixel shows the greatest weight it covers, so that a single Grad-CAM pixel never vanishes.

The heatmap's grid is stretched over its extent, whatever its own size.
*/
export const gridWeights = (
	heatmap: Heatmap,
	{view, image, canvas}: Placement,
	options: GridOptions,
): Float32Array => {
	const extent = heatmap.extent ?? {x: 0, y: 0, ...image};
	const scaleX = heatmap.width / extent.width;
	const scaleY = heatmap.height / extent.height;
	const gridView = {
		x: (view.x - extent.x) * scaleX,
		y: (view.y - extent.y) * scaleY,
		width: view.width * scaleX,
		height: view.height * scaleY,
	};
	// Weights are 32-bit floats, and as such 0.8 is slightly more than 0.8.
	const range = {
		...options,
		lower: Math.fround(options.lower),
		upper: Math.fround(options.upper),
	};
	const enlarges =
		gridView.width < canvas.width && gridView.height < canvas.height;
	return options.interpolate && enlarges
		? bilinear(heatmap, gridView, canvas, range)
		: cellByCell(heatmap, gridView, canvas, range);
};
