import type {Picture} from './subject.js';

/** `[H, W]`: the greatest magnitude over the channels: how much a pixel matters, for or against. */
export const greatestMagnitude = ({
	channels,
	height,
	width,
	data,
}: Picture): Float32Array => {
	const space = height * width;
	const map = new Float32Array(space);
	for (let index = 0; index < channels * space; index++) {
		const at = index % space;
		map[at] = Math.max(map[at], Math.abs(data[index]));
	}

	return map;
};

/** `[H, W]`: the sum over the channels: what a pixel adds to the logit, or takes away. */
export const sumOfChannels = ({
	channels,
	height,
	width,
	data,
}: Picture): Float32Array => {
	const space = height * width;
	const map = new Float32Array(space);
	for (let index = 0; index < channels * space; index++) {
		map[index % space] += data[index];
	}

	return map;
};
