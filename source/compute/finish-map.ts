import {normalise, type Normalisation} from '../cam/normalise.js';
import {resizings} from '../cam/resize.js';
import type {ExplainedMap} from './explain.js';

/** How a map is processed before it is written; not at all where left out. */
export type Finish = {
	readonly normalize?: Normalisation;
	/** To the network's input size. */
	readonly resize?: keyof typeof resizings | 'none';
};

/** A map `[height, width]`, as written. */
export type FinishedMap = Pick<
	ExplainedMap,
	'map' | 'width' | 'height' | 'min' | 'max'
>;

/** Resizes a map to the network's input size, then normalises it. */
export const finishMap = (
	explained: ExplainedMap,
	{normalize = 'none', resize = 'none'}: Finish,
): FinishedMap => {
	if (normalize === 'none' && resize === 'none') {
		return explained;
	}

	const {width, height, input} = explained;
	const size = resize === 'none' ? {width, height} : input.size;
	const resized =
		resize === 'none'
			? explained.map
			: resizings[resize](explained.map, {width, height}, size);
	// After resizing, which flattens peaks, so that the maximum is 1 at any size.
	const map = normalise(resized, normalize);
	let min = Number.POSITIVE_INFINITY;
	let max = Number.NEGATIVE_INFINITY;
	for (const value of map) {
		min = Math.min(min, value);
		max = Math.max(max, value);
	}

	return {map, width: size.width, height: size.height, min, max};
};
