import type {Graph, Value} from '../graph/graph.js';
import type {
	HeldProduct,
	KernelOperation,
	Kernels,
} from '../ops/rules/kernels.js';
import {createNetworkRunner} from './network-runner.js';
import type {Runtime, Session} from './runtime.js';

/** A single-node network with its inputs and its one output. */
const graphOf = (operation: KernelOperation): Graph => {
	const {node, shapes, output} = operation;
	const constants = operation.constants();
	const value = (name: string, shape: readonly number[]): Value => ({
		name,
		type: 'float32',
		shape,
	});
	const inputs = shapes.map((shape, index) => value(`input${index}`, shape));
	const weights = constants.map(({shape}, index) =>
		value(`constant${index}`, shape),
	);
	const result = value('output', output);
	return {
		name: node.opType,
		inputs,
		outputs: [result.name],
		nodes: [
			{
				...node,
				name: node.opType,
				inputs: [...inputs, ...weights].map(({name}) => name),
				outputs: [result.name],
			},
		],
		constants: new Map(
			constants.map(({shape, data}, index) => [
				weights[index].name,
				{type: 'float32', shape, data},
			]),
		),
		values: new Map(
			[...inputs, ...weights, result].map((each) => [each.name, each]),
		),
	};
};

/** Computes a value once for each key; failures are not cached. */
const once = async <Thing>(
	things: Map<string, Promise<Thing>>,
	key: string,
	make: () => Promise<Thing>,
): Promise<Thing> => {
	let thing = things.get(key);
	if (!thing) {
		thing = make();
		things.set(key, thing);
		thing.catch(() => {
			things.delete(key);
		});
	}

	return thing;
};

/** Empties a map, and returns what was in it. */
const takeAll = async <Thing>(
	things: Map<string, Promise<Thing>>,
): Promise<readonly Thing[]> => {
	const made = await Promise.allSettled(things.values());
	things.clear();
	return made.flatMap((each) =>
		each.status === 'fulfilled' ? [each.value] : [],
	);
};

/** The heavy arithmetic of the reverse walk, on any runtime. Everything prepared lives until these kernels, or the runtime, are disposed of. */
export const createKernels = (
	runtime: Runtime,
): Kernels & {readonly dispose: () => Promise<void>} => {
	const products = new Map<string, Promise<HeldProduct>>();
	const sessions = new Map<string, Promise<Session>>();

	const run: Kernels['run'] = async (key, operation, inputs) => {
		// The same key comes with several batch sizes, as batches of seeds differ.
		const session = await once(
			sessions,
			`${key} ${JSON.stringify(operation.shapes)}`,
			async () => runtime.load(graphOf(operation), ['output']),
		);
		const results = await session.run(
			new Map(inputs.map((data, index) => [`input${index}`, data])),
			['output'],
		);
		return results.get('output')!;
	};

	return {
		run,
		network: createNetworkRunner(runtime, async (key, load) =>
			once(sessions, key, load),
		),
		product: async (key, matrix, weights) =>
			once(products, key, async () => runtime.prepare(matrix, weights)),
		hold: async (matrix, weights) =>
			runtime.prepare({...matrix, isShortLived: true}, weights),
		async dispose() {
			for (const product of await takeAll(products)) {
				product.dispose?.();
			}

			const loaded = await takeAll(sessions);
			await Promise.all(loaded.map(async (session) => session.dispose()));
		},
	};
};
