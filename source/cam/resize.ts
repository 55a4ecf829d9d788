import type {Picture} from './oracle.js';

/** Rows and columns. */
export type Extent = Pick<Picture, 'height' | 'width'>;

/** Where a cell's centre falls on the other grid, as a share `at` between two neighbours. */
const neighbours = (index: number, from: number, to: number) => {
	const center = Math.min(
		Math.max(((index + 0.5) * from) / to - 0.5, 0),
		from - 1,
	);
	const first = Math.floor(center);
	return {first, second: Math.min(first + 1, from - 1), at: center - first};
};

/**
Resizes a map bilinearly with half-pixel centres, constant beyond the outermost ones: `cv2.resize` with `INTER_LINEAR`, or `torch.nn.functional.interpolate` with `align_corners=False`.

@param map `[from.height, from.width]`
@returns `[to.height, to.width]`
*/
export const resizeBilinear = (
	map: Float32Array,
	from: Extent,
	to: Extent,
): Float32Array => {
	const columns = Array.from({length: to.width}, (_, x) =>
		neighbours(x, from.width, to.width),
	);
	const resized = new Float32Array(to.width * to.height);
	for (let y = 0, index = 0; y < to.height; y++) {
		const row = neighbours(y, from.height, to.height);
		const top = row.first * from.width;
		const bottom = row.second * from.width;
		for (const {first, second, at} of columns) {
			const upper = map[top + first] * (1 - at) + map[top + second] * at;
			const lower = map[bottom + first] * (1 - at) + map[bottom + second] * at;
			resized[index++] = upper * (1 - row.at) + lower * row.at;
		}
	}

	return resized;
};

/** Resizes a map by cell: each pixel takes the cell it lies in. */
const resizeNearest = (
	map: Float32Array,
	from: Extent,
	to: Extent,
): Float32Array => {
	const resized = new Float32Array(to.width * to.height);
	for (let y = 0, index = 0; y < to.height; y++) {
		const row = Math.floor(((y + 0.5) * from.height) / to.height) * from.width;
		for (let x = 0; x < to.width; x++) {
			const column = Math.floor(((x + 0.5) * from.width) / to.width);
			resized[index++] = map[row + column];
		}
	}

	return resized;
};

/** The ways to bring a layer's map to the size of the input, by the name that is typed. */
export const resizings = {
	bilinear: resizeBilinear,
	nearest: resizeNearest,
} as const;
