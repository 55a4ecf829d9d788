import type {Picture} from './oracle.js';

/** Combines the channels of each pixel, starting from 0. `[H, W]` */
const flatten =
	(combine: (total: number, value: number) => number) =>
	({height, width, data}: Picture): Float32Array => {
		const map = new Float32Array(height * width);
		for (let index = 0; index < data.length; index++) {
			const at = index % map.length;
			map[at] = combine(map[at], data[index]);
		}

		return map;
	};

/** `[H, W]`: the greatest magnitude over the channels: how much a pixel matters, for or against. */
export const greatestMagnitude = flatten((greatest, value) =>
	Math.max(greatest, Math.abs(value)),
);

/** `[H, W]`: the sum over the channels: what a pixel adds to the logit, or takes away. */
export const sumOfChannels = flatten((sum, value) => sum + value);
