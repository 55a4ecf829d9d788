import {sumPools} from '../../autodiff/walk/pool.js';
import {seedAdjoint} from '../../autodiff/seed.js';
import {planWalk, type Values} from '../../autodiff/walk/walk.js';
import {type Activations, readActivations} from '../../cam/activations.js';
import {withScratch} from '../../ops/adjoint/scratch.js';
import {createKernels} from '../../runtimes/kernels.js';
import type {Runtime} from '../../runtimes/runtime.js';
import type {TablePlan} from './plan.js';

/** Computes a class's maps `[seeds, space]` before their ReLU, for the low-resolution pixels from `begin` on, as many as fit. */
export type FillRows = (
	id: number,
	begin: number,
	into: Float32Array,
) => Promise<void>;

/** Prepares the network once; each image then only binds its forward values. */
export const createTableFiller = (
	{graph, layer: name, logits}: TablePlan,
	runtime: Runtime,
): ((values: Values) => FillRows) => {
	const kernels = createKernels(runtime);
	const walkPlan = planWalk(graph, logits, [name]);
	const {shape} = graph.values.get(logits)!;
	const layer = graph.values.get(name)!;
	let last: Activations | undefined;
	return (values) => {
		const walk = walkPlan.bind(values, kernels);
		const activations = readActivations(layer, values.get(name)!, kernels);
		void last?.dispose();
		last = activations;
		return async (id, begin, into) =>
			withScratch(async (allocate) => {
				// Grad-CAM's weights are means over space; with seeds scaled down like this, they are sums.
				const weight = 1 / activations.space;
				const count = into.length / activations.space;
				const targets = Array.from({length: count}, (_, seed) => ({
					class: id,
					pixels: [{position: begin + seed, weight}],
				}));
				const maps = await walk.pooled(
					seedAdjoint(shape, targets),
					async (sums, allocateNow) =>
						activations.combine(
							await sumPools(sums, allocateNow),
							allocate(sums.seeds * activations.space),
						),
				);
				into.set(maps.get(name)!);
			});
	};
};
