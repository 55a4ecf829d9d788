import {computeMap, type Explained} from '../../cam/explain.js';
import type {Picture, Settings, Subject} from '../../cam/subject.js';
import type {SparseAdjoint} from '../../ops/adjoint/adjoint.js';
import {densify} from '../../ops/adjoint/dense.js';
import {channelCount, positionCount} from '../../ops/adjoint/extent.js';
import type {Value} from '../../graph/graph.js';
import type {Walk} from '../../autodiff/walk.js';
import {channelsFirst, inLayout, type Layout} from './layout.js';
import type {Feeds, Pass, Passes} from './passes.js';

/** What a subject is made from. */
export type SubjectOptions = {
	/** The target, as what walks start from. */
	readonly seed: SparseAdjoint;
	readonly layer: Explained & {readonly width: number; readonly height: number};
	readonly settings?: Settings;
	readonly onProgress?: (done: number, total: number) => void;
};

/** Opens an input to questions: makes the function that makes a subject of each target on it. */
export const openInput = (
	passes: Passes,
	input: Value,
	feeds: Feeds,
	layout: Layout = 'NCHW',
): ((options: SubjectOptions) => Subject) => {
	const [, channels, height, width] =
		layout === 'NCHW'
			? input.shape
			: [1, input.shape[3], input.shape[1], input.shape[2]];
	const toPicture = (data: Float32Array) =>
		channelsFirst(data, channels, layout);
	const toFeed = (data: Float32Array) => inLayout(data, channels, layout);
	const picture: Picture = {
		channels,
		height,
		width,
		data: toPicture(feeds.get(input.name)!),
	};
	const withInput = (data: Float32Array): Feeds =>
		new Map([...feeds, [input.name, toFeed(data)]]);

	// Several targets on this input share the pass.
	const ownWalks = new Map<Pass, Promise<Walk>>();
	const walkAt = async (pass: Pass, data?: Float32Array): Promise<Walk> => {
		if (data) {
			return pass(withInput(data));
		}

		const walk = ownWalks.get(pass) ?? pass(feeds);
		ownWalks.set(pass, walk);
		return walk;
	};

	return ({seed, layer, settings = {}, onProgress}) => ({
		input: picture,
		layer,
		settings,
		async layerGradient(data) {
			const walk = data
				? await walkAt(await passes.to(layer.layer), data)
				: layer.walk;
			const gradients = await walk.gradients(seed);
			return gradients.get(layer.layer)!;
		},
		async inputGradient({input: data, rectifierRule} = {}) {
			const pass = await passes.to(input.name, rectifierRule);
			const walk = await walkAt(pass, data);
			const gradients = await walk.gradients(seed);
			return toPicture(densify(gradients.get(input.name)!).data);
		},
		async logits(count, make) {
			const scores = new Float64Array(count);
			await passes.logits(
				count,
				(index) => toFeed(make(index)),
				(logits, index) => {
					scores[index] = logitOf(seed, logits);
					onProgress?.(index + 1, count);
				},
			);
			return scores;
		},
		async map(method) {
			const {map} = await computeMap(method, layer, seed);
			return map;
		},
		report(done, total) {
			onProgress?.(done, total);
		},
	});
};

/** What a target is worth: the logits, weighed as its seed weighs them. */
export const logitOf = (
	{shape, positions, rows}: SparseAdjoint,
	logits: Float32Array,
): number => {
	const classes = channelCount(shape);
	const space = positionCount(shape);
	let sum = 0;
	for (const [row, position] of positions.entries()) {
		for (let id = 0; id < classes; id++) {
			sum += rows[row * classes + id] * logits[id * space + position];
		}
	}

	return sum;
};
