import type {Graph} from '../graph/graph.js';
import {elementCount} from '../graph/tensor.js';
import type {Kernels} from '../ops/rules/kernels.js';
import {withBatch} from '../ops/with-batch.js';
import type {Runtime, Session} from './runtime.js';

/** The batch size on runtimes with memory of their own, where it saves transfers. */
const largestBatch = 8;

/** Elements of the largest value of a batch. */
const largestValue = 2 ** 26;

/** The batch size of a network: a power of two that fits, and one on a processor, where batches gain nothing. */
const batchOf = (
	{hasOwnMemory}: Runtime,
	{values, constants}: Graph,
): number => {
	const largest = Math.max(
		...[...values.values()]
			.filter(({name}) => !constants.has(name))
			.map(({shape}) => elementCount(shape)),
	);
	let batch = hasOwnMemory ? largestBatch : 1;
	while (batch > 1 && batch * largest > largestValue) {
		batch /= 2;
	}

	return batch;
};

/** The part `[begin, begin + length]` of arrays `[count, …]`. */
const slice = (
	arrays: ReadonlyMap<string, Float32Array>,
	count: number,
	{begin, length}: {readonly begin: number; readonly length: number},
): ReadonlyMap<string, Float32Array> =>
	new Map(
		[...arrays].map(([name, data]) => {
			const size = data.length / count;
			return [name, data.subarray(begin * size, (begin + length) * size)];
		}),
	);

/**
Runs networks on any number of inputs: in batches, and the rest one by one.

@param load Loads a session once for each key.
*/
export const createNetworkRunner = (
	runtime: Runtime,
	load: (key: string, open: () => Promise<Session>) => Promise<Session>,
): Kernels['network'] => {
	const networks = new Map<string, {graph: Graph; batch: number}>();
	const batches = new Map<string, Graph | undefined>();
	const sized = (graph: Graph) => ({graph, batch: batchOf(runtime, graph)});
	return async (key, make) => {
		const network = networks.get(key) ?? sized(make());
		networks.set(key, network);
		const {graph, batch} = network;
		return async ({count, fed, kept}, fetches) => {
			if (batch > 1 && batch <= count && !batches.has(key)) {
				batches.set(key, withBatch(graph, batch, [...fed.keys()]));
			}

			const batched = batches.get(key);
			const answers = new Map<string, Float32Array>();
			for (let begin = 0; begin < count;) {
				const fits = batched && begin + batch <= count;
				const length = fits ? batch : 1;
				/* eslint-disable no-await-in-loop -- one batch fills the machine */
				const session = await load(`${key} × ${length}`, async () =>
					runtime.load(fits ? batched : graph, graph.outputs),
				);
				const results = await session.run(
					slice(fed, count, {begin, length}),
					fetches,
					kept,
				);
				/* eslint-enable no-await-in-loop */
				if (length === count) {
					return results;
				}

				for (const [name, data] of results) {
					const size = data.length / length;
					const all = answers.get(name) ?? new Float32Array(count * size);
					all.set(data, begin * size);
					answers.set(name, all);
				}

				begin += length;
			}

			return answers;
		};
	};
};
