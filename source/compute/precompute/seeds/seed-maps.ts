import {seedAdjoint} from '../../../autodiff/seed.js';
import {planWalk} from '../../../autodiff/walk/walk.js';
import {readActivations} from '../../../cam/activations.js';
import {computeMaps} from '../../../cam/compute-maps.js';
import {findGradientMethod} from '../../../cam/find-method.js';
import {elementCount} from '../../../graph/tensor.js';
import {positionCount} from '../../../ops/adjoint/extent.js';
import {createKernels} from '../../../runtimes/kernels.js';
import type {Runtime} from '../../../runtimes/runtime.js';
import type {Plan, SharedBand} from '../plan.js';
import {type Band, seedKey} from './band.js';
import {isMixed} from './seed-grid.js';
import type {SummedBand} from './share-sums.js';

/** The largest batch of seeds: more gain nothing. */
const maxBatch = 256;

/** The same where each pixel is its own seed: a small image's seeds must suffice for all workers. */
const maxWalkedBatch = 16;

/** Elements of one adjoint, should it become dense. */
const maxAdjoint = 2 ** 28;

/** Transposes part of the sums: `[directions, seeds]` → `[count, directions]`, from seed `begin` on. */
const readSums = (
	{sums, positions}: SummedBand,
	begin: number,
	end: number,
): Float32Array => {
	const seeds = positions.length;
	const directions = sums.length / seeds;
	const read = new Float32Array((end - begin) * directions);
	for (let seed = begin, to = 0; seed < end; seed++) {
		for (let direction = 0; direction < directions; direction++, to++) {
			read[to] = sums[direction * seeds + seed];
		}
	}

	return read;
};

/** Elements in the maps of a batch: 64 MB. */
const maxMaps = 2 ** 24;

/** How many seeds are batched. Grad-CAM's sums over space and HiResCAM's products with the layer are computed for a whole batch; other methods take one gradient at a time. */
const batchSize = ({
	graph,
	layer,
	method,
	seeds,
	isSummedFirst,
}: Plan): number => {
	if (isSummedFirst) {
		const space = positionCount(graph.values.get(layer)!.shape);
		return Math.max(1, Math.min(maxBatch, Math.floor(maxMaps / space)));
	}

	const most = isMixed(seeds) ? maxBatch : maxWalkedBatch;
	const largest = Math.max(
		...graph.nodes
			.flatMap(({outputs}) => outputs)
			.map((name) => elementCount(graph.values.get(name)!.shape)),
	);
	const {kind} = findGradientMethod(method)!;
	return kind === 'means' || kind === 'products'
		? Math.max(1, Math.min(most, Math.floor(maxAdjoint / largest)))
		: 1;
};

/** Creates the function that takes seeds of a band until none is left, and computes their maps before the ReLU. */
export const createSeedMaps = (
	plan: Plan,
	runtime: Runtime,
): ((band: SharedBand) => Promise<void>) => {
	const {graph, layer, values, seeds} = plan;
	const kernels = createKernels(runtime);
	const method = findGradientMethod(plan.method)!;
	const {shape} = graph.values.get(seeds.value)!;
	const size = batchSize(plan);
	const activations = readActivations(
		graph.values.get(layer)!,
		// Copied, because runtimes do not accept shared memory, and the layer is the one value they are given.
		new Float32Array(values.get(layer)!),
		kernels,
	);
	const walk = planWalk(graph, seeds.value, [layer]).bind(values, kernels);
	const mapsOf = async (
		band: SharedBand,
		begin: number,
		end: number,
	): Promise<Float32Array> => {
		if ('sums' in band) {
			return method.directions!.combine(
				readSums(band, begin, end),
				activations,
			);
		}

		const {positions, ids} = band;
		const targets = Array.from(
			positions.subarray(begin, end),
			(position, at) => ({class: ids[begin + at], pixels: [{position}]}),
		);
		const seed = seedAdjoint(shape, targets);
		return computeMaps(method, {layer, walk, activations}, seed);
	};

	return async (band) => {
		const {positions, maps, next} = band;
		for (;;) {
			const begin = Atomics.add(next, 0, size);
			if (begin >= positions.length) {
				return;
			}

			const end = Math.min(begin + size, positions.length);
			// eslint-disable-next-line no-await-in-loop -- One after the other: each uses the whole thread.
			maps.set(await mapsOf(band, begin, end), begin * activations.space);
		}
	};
};

/** The map of a seed, a position and a class of the band. */
export type SeedMap = (position: number, id: number) => Float32Array;

/** Finds a band's maps. */
export const readSeedMaps = (
	{positions, ids}: Band,
	maps: Float32Array,
): SeedMap => {
	const space = maps.length / positions.length;
	const places = new Map(
		Array.from(positions, (position, at): [number, number] => [
			seedKey(position, ids[at]),
			at,
		]),
	);
	return (position, id) => {
		const at = places.get(seedKey(position, id))!;
		return maps.subarray(at * space, (at + 1) * space);
	};
};
