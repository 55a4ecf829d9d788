import type {Adjoint} from '../ops/adjoint/adjoint.js';
import {splitSeeds} from '../ops/adjoint/split-seeds.js';
import type {ChannelWeights} from './activations.js';
import {dotGradients, type Explained, type RawMap} from './explain.js';
import type {GradientMethod} from './method.js';

/** Weights of several targets in one list, and their maps in one product. */
const combineAll = async (
	weights: readonly ChannelWeights[],
	{activations}: Explained,
): Promise<readonly RawMap[]> => {
	const {channels, space} = activations;
	const together = new Float64Array(weights.length * channels);
	for (const [index, each] of weights.entries()) {
		together.set(each, index * channels);
	}

	const maps = await activations.combine(together);
	return weights.map((each, index) => ({
		weights: each,
		map: maps.slice(index * space, (index + 1) * space),
	}));
};

/** Explains several seeds at one layer with a single walk; `computeMap` for each of them says the same, later. */
export const computeMaps = async (
	method: GradientMethod,
	explained: Explained,
	seeds: Adjoint,
): Promise<readonly RawMap[]> => {
	const {walk, layer, activations} = explained;
	const {channels, space} = activations;
	if (method.kind === 'pooled weights') {
		const sums = await walk.pooled(seeds);
		const pooled = sums.get(layer)!;
		const weights = Array.from({length: seeds.seeds}, (_, seed) =>
			method.weights(
				pooled.subarray(seed * channels, (seed + 1) * channels),
				activations,
			),
		);
		return combineAll(weights, explained);
	}

	if (method.kind === 'products') {
		const maps = await dotGradients(explained, seeds);
		return Array.from({length: seeds.seeds}, (_, seed) => ({
			map: maps.slice(seed * space, (seed + 1) * space),
		}));
	}

	const together = await walk.gradients(seeds);
	const gradients = splitSeeds(together.get(layer)!);
	if (method.kind === 'cells') {
		return Promise.all(
			gradients.map(async (gradient) => ({
				map: await method.cells(gradient, activations),
			})),
		);
	}

	return combineAll(
		await Promise.all(
			gradients.map(async (gradient) => method.weights(gradient, activations)),
		),
		explained,
	);
};
