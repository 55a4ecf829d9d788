import {
	computeMaps,
	type Explained,
	splitMaps,
} from '../../cam/compute-maps.js';
import type {Settings} from '../../cam/settings.js';
import type {Picture, Oracle} from '../../cam/oracle.js';
import type {SparseAdjoint} from '../../ops/adjoint/adjoint.js';
import {densify} from '../../ops/adjoint/dense.js';
import {channelCount, positionCount} from '../../ops/adjoint/extent.js';
import {joinArrays} from '../../ops/adjoint/split-seeds.js';
import type {Value} from '../../graph/graph.js';
import type {Values, Walk} from '../../autodiff/walk/walk.js';
import {channelsFirst, inLayout, type Layout} from '../input/layout.js';
import type {Pass, Passes} from './passes.js';

/** What an oracle is made from. */
export type OracleOptions = {
	/** The targets, as seeds. */
	readonly seed: SparseAdjoint;
	readonly layer: Explained & {readonly width: number; readonly height: number};
	readonly settings?: Settings;
	readonly onProgress?: (done: number, total: number) => void;
};

/** Prepares an input for questions: returns the function that makes an oracle of some targets on it. */
export const openInput = (
	passes: Passes,
	input: Value,
	feeds: Values,
	layout: Layout = 'NCHW',
): ((options: OracleOptions) => Oracle) => {
	const [, channels, height, width] =
		layout === 'NCHW'
			? input.shape
			: [1, input.shape[3], input.shape[1], input.shape[2]];
	const size = channels * height * width;
	const toPicture = (data: Float32Array) =>
		channelsFirst(data, channels, layout);
	const toPictures = (data: Float32Array, count: number) =>
		layout === 'NCHW'
			? data
			: joinArrays(
					Array.from({length: count}, (_, at) =>
						toPicture(data.subarray(at * size, (at + 1) * size)),
					),
				);
	const toFeed = (data: Float32Array) => inLayout(data, channels, layout);
	const picture: Picture = {
		channels,
		height,
		width,
		data: toPicture(feeds.get(input.name)!),
	};
	const withInput = (data: Float32Array): Values =>
		new Map([...feeds, [input.name, toFeed(data)]]);

	// Several questions about this input share the pass.
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
		targets: seed.seeds,
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
			const {data: found} = densify(gradients.get(input.name)!);
			return toPictures(found, seed.seeds);
		},
		async logits(count, make) {
			const scores = Array.from(
				{length: seed.seeds},
				() => new Float64Array(count),
			);
			await passes.logits(
				count,
				(index) => toFeed(make(index)),
				(logits, index) => {
					for (const [target, logit] of logitsOf(seed, logits).entries()) {
						scores[target][index] = logit;
					}

					onProgress?.(index + 1, count);
				},
			);
			return scores;
		},
		async maps(method) {
			const maps = await computeMaps(method, layer, seed);
			return splitMaps(maps, seed.seeds);
		},
		report(done, total) {
			onProgress?.(done, total);
		},
	});
};

/** `[seeds]`: each target's score, the logits weighted as in its seed. */
export const logitsOf = (
	{seeds, shape, owners, positions, rows}: SparseAdjoint,
	logits: Float32Array,
): Float64Array => {
	const classes = channelCount(shape);
	const space = positionCount(shape);
	const sums = new Float64Array(seeds);
	for (const [row, position] of positions.entries()) {
		for (let id = 0; id < classes; id++) {
			sums[owners[row]] +=
				rows[row * classes + id] * logits[id * space + position];
		}
	}

	return sums;
};
