import {type Image, solidImage} from './image.js';
import {type Size, type View} from './view.js';

/** A mipmap pyramid of an image, each level made on first use; what `resample` reads. */
export type Pyramid = {
	readonly image: Image;
	/** The image shrunk by `2 ** level` on both axes, odd borders rounded up. */
	readonly level: (level: number) => Image;
};

const halve = ({width, height, data}: Image): Image => {
	const half = solidImage(Math.ceil(width / 2), Math.ceil(height / 2), 0);
	const {data: halved} = half;
	let target = 0;
	for (let y = 0; y < half.height; y++) {
		const upper = 2 * y * width * 3;
		const lower = Math.min(2 * y + 1, height - 1) * width * 3;
		for (let x = 0; x < half.width; x++) {
			const left = 6 * x;
			const right = Math.min(2 * x + 1, width - 1) * 3;
			for (let channel = 0; channel < 3; channel++) {
				halved[target++] =
					(data[upper + left + channel] +
						data[upper + right + channel] +
						data[lower + left + channel] +
						data[lower + right + channel] +
						2) >>
					2;
			}
		}
	}

	return half;
};

/** Prepares an image for `resample`; costs nothing until a level is needed. */
export const buildPyramid = (image: Image): Pyramid => {
	const levels = [image];
	return {
		image,
		level(level) {
			while (levels.length <= level) {
				levels.push(halve(levels.at(-1)!));
			}

			return levels[level];
		},
	};
};

/** The source pixels along one axis that a target pixel reads: `weights[i]` of pixel `first + i`; none outside the source. */
type Tap = {first: number; weights: number[]};

/** Area average where the source shrinks, the nearest pixel where it grows. */
const axisTaps = (
	start: number,
	extent: number,
	sourceLength: number,
	targetLength: number,
): Tap[] => {
	const step = extent / targetLength;
	return Array.from({length: targetLength}, (_, index) => {
		if (step <= 1) {
			const nearest = Math.floor(start + (index + 0.5) * step);
			return {
				first: nearest,
				weights: nearest >= 0 && nearest < sourceLength ? [1] : [],
			};
		}

		const from = Math.max(0, start + index * step);
		const to = Math.min(sourceLength, start + (index + 1) * step);
		const first = Math.floor(from);
		const weights: number[] = [];
		for (let pixel = first; pixel < to - 1e-9; pixel++) {
			weights.push(
				(Math.min(to, pixel + 1) - Math.max(from, pixel)) / (to - from),
			);
		}

		return {first, weights};
	});
};

/** Draws a view of an image on a new canvas: area average where it shrinks, nearest pixel where it grows, black beyond the image's border. */
export const resample = (
	pyramid: Pyramid,
	view: View,
	{width, height}: Size,
): Image => {
	const canvas = solidImage(width, height, 0);
	const shrink = Math.min(view.width / width, view.height / height);
	const level = Math.max(0, Math.floor(Math.log2(shrink)));
	const source = pyramid.level(level);
	const scale = 2 ** -level;
	const columns = axisTaps(
		view.x * scale,
		view.width * scale,
		pyramid.image.width * scale,
		width,
	);
	const rows = axisTaps(
		view.y * scale,
		view.height * scale,
		pyramid.image.height * scale,
		height,
	);

	for (let y = 0; y < height; y++) {
		const row = rows[y];
		if (row.weights.length === 0) {
			continue;
		}

		for (let x = 0; x < width; x++) {
			const column = columns[x];
			if (column.weights.length === 0) {
				continue;
			}

			let red = 0;
			let green = 0;
			let blue = 0;
			for (let j = 0; j < row.weights.length; j++) {
				let offset = ((row.first + j) * source.width + column.first) * 3;
				for (let i = 0; i < column.weights.length; i++) {
					const weight = row.weights[j] * column.weights[i];
					red += weight * source.data[offset++];
					green += weight * source.data[offset++];
					blue += weight * source.data[offset++];
				}
			}

			const target = (y * width + x) * 3;
			canvas.data[target] = red + 0.5;
			canvas.data[target + 1] = green + 0.5;
			canvas.data[target + 2] = blue + 0.5;
		}
	}

	return canvas;
};
