import {type SpaceSums, sumPools} from '../autodiff/walk/pool.js';
import type {LayerValues} from '../autodiff/walk/short-cuts.js';
import type {Walk} from '../autodiff/walk/walk.js';
import {addUp} from '../ops/adjoint/sum-rows.js';
import type {Adjoint} from '../ops/adjoint/adjoint.js';
import type {Allocate} from '../ops/adjoint/scratch.js';
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

/** `[seeds, space]`: the maps of a batch of seeds at one layer before their ReLU, by the shortest way that the method allows. */
export const computeMaps = async (
	method: GradientMethod,
	{walk, layer, activations}: Explained,
	seeds: Adjoint,
): Promise<Float32Array> => {
	if (method.kind === 'means') {
		const maps = await walk.pooled(seeds, async (sums, allocate) =>
			combineMeans(activations, sums, allocate),
		);
		return maps.get(layer)!;
	}

	if (method.kind === 'products') {
		const values = readLayer(activations);
		const dots = await walk.dotted(seeds, new Map([[layer, values]]));
		return dots.get(layer)!;
	}

	const maps = await walk.readGradients(seeds, async (gradients) => {
		const each = splitSeeds(gradients.get(layer)!);
		return method.kind === 'cells'
			? joinArrays(await readEach(each, method.cells, activations))
			: activations.combine(
					joinWeights(await readEach(each, method.weights, activations)),
				);
	});
	return joinArrays(maps);
};

/** What a method makes of each gradient. */
const readEach = async <Result>(
	gradients: readonly Adjoint[],
	read: (
		gradient: Adjoint,
		activations: Activations,
	) => Result | Promise<Result>,
	activations: Activations,
): Promise<readonly Result[]> =>
	Promise.all(gradients.map(async (gradient) => read(gradient, activations)));

/** A layer's activations as what its gradient is multiplied by. */
export const readLayer = (activations: Activations): LayerValues => ({
	byPosition: activations.byPosition,
	dot: async (gradient) => dotChannels(gradient, activations),
	dotEven: async (sums, allocate) => combineMeans(activations, sums, allocate),
});

/** `[seeds, space]`: means over space as weights of the channels. */
const combineMeans = async (
	{units, combine, space}: Activations,
	sums: SpaceSums,
	allocate: Allocate,
): Promise<Float32Array> => {
	const {seeds, parts} = sums;
	const products =
		seeds === 1
			? await units.of(parts.map(({factors}) => factors?.matrix))
			: undefined;
	if (!products) {
		return divide(await combine(await sumPools(sums, allocate)), space);
	}

	const maps = await Promise.all(
		products.map(async (product, index) =>
			product(parts[index].factors!.rows, 1, allocate(space)),
		),
	);
	return divide(new Float32Array(addUp(maps)), space);
};

/** In place. Not by `map`, which takes five times as long. */
const divide = (numbers: Float32Array, by: number): Float32Array => {
	for (let index = 0; index < numbers.length; index++) {
		numbers[index] /= by;
	}

	return numbers;
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

/** The map of each seed of a batch. */
export const splitMaps = (
	maps: Float32Array,
	seeds: number,
): readonly Float32Array[] => {
	const size = maps.length / seeds;
	return Array.from({length: seeds}, (_, seed) =>
		maps.slice(seed * size, (seed + 1) * size),
	);
};
