import {seedAdjoint} from '../../autodiff/seed.js';
import {planWalk} from '../../autodiff/walk.js';
import {readActivations} from '../../cam/activations.js';
import {computeMap} from '../../cam/explain.js';
import {findMethod} from '../../cam/table.js';
import {positionCount} from '../../ops/adjoint/extent.js';
import {createKernels} from '../../runtimes/kernels.js';
import type {Runtime} from '../../runtimes/runtime.js';
import type {Plan} from './plan.js';

/** The maps of a row of seeds for one class, by column; undefined for seeds that no pixel of the class is mixed from. */
export type SeedRow = ReadonlyArray<Float32Array | undefined>;

/** Seeds that walk together: more gain nothing, and each holds the adjoints of a whole head. */
const maxBatch = 64;

/** Rows are read from top to bottom, so that of each class only the two around a pixel are needed. */
const keptRows = 2;

/** Each new size of a batch costs the runtime a session, so there are few: powers of two. */
const roundedSize = (count: number): number =>
	count >= maxBatch ? maxBatch : 2 ** Math.ceil(Math.log2(count));

/**
Computes the maps `[space]` of seeds before their ReLU, a row at a time.

@returns What answers the row of a class; the rows of each class are best asked for from top to bottom.
*/
export const createSeedMaps = (
	{graph, layer, method: name, values, seeds, needed}: Plan,
	runtime: Runtime,
): ((row: number, id: number) => Promise<SeedRow>) => {
	const kernels = createKernels(runtime);
	const method = findMethod(name)!;
	const {shape} = graph.values.get(seeds.value)!;
	const explained = {
		layer,
		walk: planWalk(graph, seeds.value, [layer]).bind(values, kernels),
		activations: readActivations(
			graph.values.get(layer)!,
			values.get(layer)!,
			kernels,
		),
	};
	const space = positionCount(graph.values.get(layer)!.shape);
	// Other methods look at one gradient at a time.
	const batchSize = method.kind === 'pooled weights' ? maxBatch : 1;
	const kept = new Map<number, Map<number, SeedRow>>();

	const computeRow = async (row: number, id: number): Promise<SeedRow> => {
		const flags = needed
			.get(id)!
			.subarray(row * seeds.width, (row + 1) * seeds.width);
		const columns = [...flags.keys()].filter((column) => flags[column] === 1);
		const maps: Array<Float32Array | undefined> = Array.from({
			length: seeds.width,
		});
		for (let from = 0; from < columns.length; from += batchSize) {
			const batch = columns.slice(from, from + batchSize);
			const targets = Array.from(
				{length: roundedSize(batch.length)},
				(_, at) => ({
					class: id,
					pixels: [{position: row * seeds.width + batch[at % batch.length]}],
				}),
			);
			// eslint-disable-next-line no-await-in-loop -- One after the other: each uses the whole thread.
			const {map} = await computeMap(
				method,
				explained,
				seedAdjoint(shape, targets),
			);
			for (const [at, column] of batch.entries()) {
				maps[column] = map.subarray(at * space, (at + 1) * space);
			}
		}

		return maps;
	};

	return async (row, id) => {
		const rows = kept.get(id) ?? new Map<number, SeedRow>();
		kept.set(id, rows);
		let maps = rows.get(row);
		if (!maps) {
			maps = await computeRow(row, id);
			rows.set(row, maps);
			for (const [old] of [...rows].slice(0, -keptRows)) {
				rows.delete(old);
			}
		}

		return maps;
	};
};
