import type {Picture} from '../../cam/oracle.js';

/** An affine transformation of a picture: each pixel is mixed from four, clamped to the border. */
export type Warp = {
	/** `[H · W, 4]`: flat indices of the pixels that are read. */
	readonly sources: Int32Array;
	/** `[H · W, 4]`: their weights. */
	readonly weights: Float32Array;
};

/** The bounds of a random transformation. */
const reach = {
	/** As a share of width and height. */
	jitter: 0.06,
	/** As a share of the size, up or down. */
	scale: 0.08,
	/** Degrees, either way. */
	rotation: 6,
} as const;

/** A random jitter, scale and rotation about the middle. */
export const randomWarp = (
	{width, height}: Pick<Picture, 'width' | 'height'>,
	uniform: () => number,
): Warp => {
	const between = (limit: number) => (2 * uniform() - 1) * limit;
	const angle = (between(reach.rotation) * Math.PI) / 180;
	const scale = 1 + between(reach.scale);
	const cos = Math.cos(angle) / scale;
	const sin = Math.sin(angle) / scale;
	const [middleX, middleY] = [(width - 1) / 2, (height - 1) / 2];
	const fromX = middleX + between(reach.jitter) * width;
	const fromY = middleY + between(reach.jitter) * height;
	const sources = new Int32Array(width * height * 4);
	const weights = new Float32Array(width * height * 4);
	for (let y = 0, index = 0; y < height; y++) {
		for (let x = 0; x < width; x++) {
			const [dx, dy] = [x - middleX, y - middleY];
			const sourceX = clamp(fromX + cos * dx - sin * dy, width - 1);
			const sourceY = clamp(fromY + sin * dx + cos * dy, height - 1);
			const [left, top] = [Math.floor(sourceX), Math.floor(sourceY)];
			for (const row of [0, 1]) {
				for (const column of [0, 1]) {
					sources[index] =
						Math.min(top + row, height - 1) * width +
						Math.min(left + column, width - 1);
					weights[index++] =
						Math.abs(1 - row - (sourceY - top)) *
						Math.abs(1 - column - (sourceX - left));
				}
			}
		}
	}

	return {sources, weights};
};

const clamp = (value: number, max: number) => Math.min(Math.max(value, 0), max);

/** The picture `[C, H, W]`, transformed. */
export const warp = (
	data: Float32Array,
	{sources, weights}: Warp,
): Float32Array => {
	const area = sources.length / 4;
	const moved = new Float32Array(data.length);
	for (let at = 0; at < data.length; at++) {
		const pixel = at % area;
		const plane = at - pixel;
		for (let tap = pixel * 4; tap < pixel * 4 + 4; tap++) {
			moved[at] += weights[tap] * data[plane + sources[tap]];
		}
	}

	return moved;
};

/** The derivative with respect to the picture, from that with respect to the transformed one. */
export const unwarp = (
	gradient: Float32Array,
	{sources, weights}: Warp,
): Float32Array => {
	const area = sources.length / 4;
	const back = new Float32Array(gradient.length);
	for (const [at, value] of gradient.entries()) {
		const pixel = at % area;
		const plane = at - pixel;
		for (let tap = pixel * 4; tap < pixel * 4 + 4; tap++) {
			back[plane + sources[tap]] += weights[tap] * value;
		}
	}

	return back;
};
