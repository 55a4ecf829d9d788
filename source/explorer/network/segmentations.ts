import type {
	Segmentation,
	SegmentationClass,
} from '../../raster/segmentation.js';
import type {Point, State} from '../state.js';
import {networkOf} from './network.js';

/** The segmentation laid over the image: the file's, or the network's own. */
export const segmentationOf = (state: State): Segmentation | undefined => {
	const own = networkOf(state)?.prediction.segmentation;
	const {segmentation} = state.subject;
	return state.layover === 'network'
		? (own ?? segmentation)
		: (segmentation ?? own);
};

/** The segmentation's class of a pixel; undefined without a segmentation. */
export const classAt = (
	state: State,
	{x, y}: Point,
): SegmentationClass | undefined => {
	const segmentation = segmentationOf(state);
	return segmentation?.classes.get(
		segmentation.labels[y * segmentation.width + x],
	);
};

/** Where a segmentation and the network's own disagree. */
export type Disagreement = {
	readonly segmentation: Segmentation;
	readonly prediction: Segmentation;
	/** 1 for every image pixel where they differ. */
	readonly mask: Uint8Array;
	/** The share of differing pixels among those that both label, 0–1. */
	readonly share: number;
};

const normalise = (name: string): string => name.trim().toLowerCase();

/** For each label of one segmentation, the label of the same class in the other. Classes are matched by name, or where no names are shared, by number if there are about as many. Undefined for a class that the other one lacks. */
const matchLabels = (
	{classes}: Segmentation,
	other: Segmentation,
): ReadonlyMap<number, number> => {
	const match = (
		nameOf: (entry: {id: number; name: string}) => string | number,
	) => {
		const known = new Map(
			[...other.classes].map(([label, entry]) => [nameOf(entry), label]),
		);
		return new Map(
			[...classes].flatMap(([label, entry]) => {
				const found = known.get(nameOf(entry));
				return found === undefined ? [] : [[label, found] as const];
			}),
		);
	};

	const byName = match(({name}) => normalise(name));
	if (byName.size > 0) {
		return byName;
	}

	const isNumbered =
		[...other.classes.values()].filter(({id}) => id >= 0).length > 1;
	const byId = match(({id}) => id);
	// One may be void, which networks lack.
	return isNumbered && byId.size >= classes.size - 1 ? byId : new Map();
};

const compare = (
	segmentation: Segmentation,
	prediction: Segmentation,
): Disagreement | undefined => {
	const same = matchLabels(segmentation, prediction);
	if (same.size === 0) {
		return undefined;
	}

	const unknown = -1;
	const largest = Math.max(0, ...segmentation.classes.keys());
	const wanted = Int32Array.from(
		{length: largest + 1},
		(_, label) => same.get(label) ?? unknown,
	);
	const outside = Math.max(...prediction.classes.keys());
	const {length} = segmentation.labels;
	const mask = new Uint8Array(length);
	let differing = 0;
	let comparable = 0;
	for (let pixel = 0; pixel < length; pixel++) {
		const label = wanted[segmentation.labels[pixel]];
		const predicted = prediction.labels[pixel];
		if (label !== unknown && predicted !== outside) {
			const differs = Number(label !== predicted);
			mask[pixel] = differs;
			differing += differs;
			comparable++;
		}
	}

	return {
		segmentation,
		prediction,
		mask,
		share: comparable === 0 ? 0 : differing / comparable,
	};
};

const compared = new WeakMap<
	Segmentation,
	{
		readonly prediction: Segmentation;
		readonly disagreement: Disagreement | undefined;
	}
>();

/** Where the given segmentation and the network's differ; undefined unless there are both, with matching classes. */
export const disagreementOf = (state: State): Disagreement | undefined => {
	const {segmentation} = state.subject;
	const prediction = networkOf(state)?.prediction.segmentation;
	if (!segmentation || !prediction) {
		return undefined;
	}

	const last = compared.get(segmentation);
	if (last?.prediction === prediction) {
		return last.disagreement;
	}

	const disagreement = compare(segmentation, prediction);
	compared.set(segmentation, {prediction, disagreement});
	return disagreement;
};
