import {seedAdjoint} from '../../autodiff/seed.js';
import {planWalk, type Values} from '../../autodiff/walk.js';
import {type Activations, readActivations} from '../../cam/activations.js';
import {createKernels} from '../../runtimes/kernels.js';
import type {Runtime} from '../../runtimes/runtime.js';
import type {TablePlan} from './plan.js';

/** What every low-resolution pixel of one class has to say: rows that pixels are mixed from. */
export type TableRows = {
	/** `[seeds, channels]` the weights of Grad-CAM. */
	readonly weights: Float32Array;
	/** `[seeds, space]` the maps before their ReLU. */
	readonly maps: Float32Array;
};

/** Computes the rows of the seeds from `begin` up to `end` for a class. */
export type FillRows = (
	id: number,
	range: {readonly begin: number; readonly end: number},
) => Promise<TableRows>;

/** Prepares the network once; each image then only binds what its forward pass left behind. */
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
		return async (id, {begin, end}) => {
			// Grad-CAM's weights are means over space: of seeds as small as that, they are the sums.
			const weight = 1 / activations.space;
			const targets = Array.from({length: end - begin}, (_, seed) => ({
				class: id,
				pixels: [{position: begin + seed, weight}],
			}));
			const pooled = await walk.pooled(seedAdjoint(shape, targets));
			const weights = pooled.get(name)!;
			return {weights, maps: await activations.combine(weights)};
		};
	};
};
