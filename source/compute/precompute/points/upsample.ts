import type {Size, View} from '../../../raster/view.js';

/** How the pixels along one axis of an image are interpolated from a layer's cells; none outside what the network sees. */
type Tap = {
	readonly low: number;
	readonly high: number;
	readonly weight: number;
};

const axisTaps = (
	start: number,
	extent: number,
	cells: number,
	pixels: number,
): ReadonlyArray<Tap | undefined> =>
	Array.from({length: pixels}, (_, pixel) => {
		const place = ((pixel + 0.5 - start) * cells) / extent;
		if (place < 0 || place >= cells) {
			return undefined;
		}

		const center = Math.min(Math.max(place - 0.5, 0), cells - 1);
		return {
			low: Math.floor(center),
			high: Math.ceil(center),
			weight: center % 1,
		};
	});

/** Creates the function that upsamples a layer's maps to the image, bilinearly as the explorer shows them; 0 where the network does not see the image. The next call overwrites its result. */
export const createUpsampling = (
	image: Size,
	view: View,
	layer: Size,
): ((map: Float32Array) => Float32Array) => {
	const columns = axisTaps(view.x, view.width, layer.width, image.width);
	const rows = axisTaps(view.y, view.height, layer.height, image.height);
	const line = new Float32Array(layer.width);
	const enlarged = new Float32Array(image.width * image.height);
	return (map) => {
		for (const [y, row] of rows.entries()) {
			if (!row) {
				continue;
			}

			for (let cell = 0; cell < line.length; cell++) {
				const low = map[row.low * line.length + cell];
				const high = map[row.high * line.length + cell];
				line[cell] = low + row.weight * (high - low);
			}

			const start = y * image.width;
			for (const [x, column] of columns.entries()) {
				if (column) {
					const low = line[column.low];
					enlarged[start + x] = low + column.weight * (line[column.high] - low);
				}
			}
		}

		return enlarged;
	};
};
