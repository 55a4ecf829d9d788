import {type Size, toGrid, type View} from '../../raster/view.js';

/** The output pixel of every image pixel, axis by axis. */
export type PixelPlaces = {
	/** By column of the image; −1 where the network does not see it. */
	readonly columns: Int32Array;
	/** By row of the image. */
	readonly rows: Int32Array;
};

/** Finds the output pixel of each image pixel, as `explain` does. */
export const placePixels = (
	image: Size,
	view: View,
	output: Size,
): PixelPlaces => {
	const middle = {
		x: view.x + view.width / 2 - 0.5,
		y: view.y + view.height / 2 - 0.5,
	};
	return {
		columns: Int32Array.from(
			{length: image.width},
			(_, x) => toGrid({...middle, x}, view, output)?.x ?? -1,
		),
		rows: Int32Array.from(
			{length: image.height},
			(_, y) => toGrid({...middle, y}, view, output)?.y ?? -1,
		),
	};
};
