import type {Size, View} from '../../../raster/view.js';

/** The image pixels that stand for a layer's cells. */
export type CellPoints = {
	/** Flat indices of image pixels, ascending. */
	readonly indices: Uint32Array;
	/** By cell of the layer, its index in `indices`; −1 where it lies outside the image. */
	readonly pointOf: Int32Array;
};

/** The pixel at the centre of each cell along one axis; −1 outside the image. */
const centers = (
	start: number,
	extent: number,
	cells: number,
	pixels: number,
) =>
	Array.from({length: cells}, (_, cell) => {
		const pixel = Math.floor(start + ((cell + 0.5) * extent) / cells);
		return pixel >= 0 && pixel < pixels ? pixel : -1;
	});

/**
Assigns each cell of a layer the image pixel at its centre.

Where the layer is finer than the image, cells share a pixel; where the image was padded, some have none.

@param view What the network sees, in pixels of the image.
*/
export const placePoints = (
	image: Size,
	view: View,
	layer: Size,
): CellPoints => {
	const columns = centers(view.x, view.width, layer.width, image.width);
	const rows = centers(view.y, view.height, layer.height, image.height);
	const pixels = rows.flatMap((y) =>
		columns.map((x) => (x < 0 || y < 0 ? -1 : y * image.width + x)),
	);
	const indices = Uint32Array.from(
		[...new Set(pixels)]
			.filter((pixel) => pixel >= 0)
			.toSorted((a, b) => a - b),
	);
	const positions = new Map(
		Array.from(indices, (pixel, position): [number, number] => [
			pixel,
			position,
		]),
	);
	return {
		indices,
		pointOf: Int32Array.from(pixels, (pixel) => positions.get(pixel) ?? -1),
	};
};
