import type {Walk} from '../autodiff/walk.js';
import type {Adjoint} from '../ops/adjoint/adjoint.js';
import {joinArrays, splitSeeds} from '../ops/adjoint/split-seeds.js';
import type {Activations, ChannelWeights} from './activations.js';
import type {GradientMethod} from './method.js';
import {dotChannels} from './products.js';

/** A layer of one image, ready to be explained. */
export type Explained = {
	readonly walk: Walk;
	readonly layer: string;
	readonly activations: Activations;
};

/** The maps of a batch of seeds before their ReLU, with the channels' weights where the method has them. */
export type RawMaps = {
	/** `[seeds, space]` */
	readonly maps: Float32Array;
	/** `[seeds, channels]` */
	readonly weights?: ChannelWeights;
};

/** Explains a batch of seeds at one layer, by the shortest way that the method allows. */
export const computeMaps = async (
	method: GradientMethod,
	{walk, layer, activations}: Explained,
	seeds: Adjoint,
): Promise<RawMaps> => {
	const weigh = async (weights: ChannelWeights) => ({
		weights,
		maps: await activations.combine(weights),
	});
	if (method.kind === 'pooled weights') {
		const pooled = await walk.pooled(seeds);
		return weigh(method.weights(pooled.get(layer)!, activations));
	}

	if (method.kind === 'products') {
		const dot = async (gradient: Adjoint) => dotChannels(gradient, activations);
		const {byPosition} = activations;
		const dots = await walk.dotted(
			seeds,
			new Map([[layer, {byPosition, dot}]]),
		);
		return {maps: dots.get(layer)!};
	}

	const gradients = await walk.gradients(seeds);
	const each = async <Result>(
		compute: (
			gradient: Adjoint,
			activations: Activations,
		) => Result | Promise<Result>,
	) =>
		Promise.all(
			splitSeeds(gradients.get(layer)!).map(async (gradient) =>
				compute(gradient, activations),
			),
		);
	return method.kind === 'cells'
		? {maps: joinArrays(await each(method.cells))}
		: weigh(joinWeights(await each(method.weights)));
};

/** Weights of several seeds, in one list. */
const joinWeights = (weights: readonly ChannelWeights[]): ChannelWeights => {
	const [first] = weights;
	const joined = new Float64Array(weights.length * first.length);
	for (const [index, each] of weights.entries()) {
		joined.set(each, index * first.length);
	}

	return joined;
};

/** The map and the weights of each seed of a batch. */
export const splitMaps = (
	{maps, weights}: RawMaps,
	seeds: number,
): ReadonlyArray<{
	readonly map: Float32Array;
	readonly weights?: ChannelWeights;
}> => {
	const mapSize = maps.length / seeds;
	const weightsSize = (weights?.length ?? 0) / seeds;
	return Array.from({length: seeds}, (_, seed) => ({
		map: maps.slice(seed * mapSize, (seed + 1) * mapSize),
		...(weights && {
			weights: weights.slice(seed * weightsSize, (seed + 1) * weightsSize),
		}),
	}));
};
