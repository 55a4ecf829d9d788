import type {Values} from '../../autodiff/walk/walk.js';
import {walkedPart} from '../../autodiff/walked-part.js';
import type {Graph} from '../../graph/graph.js';
import {type ClassTable, readClassTable} from './class-table.js';
import {type TablePlan, findLowResolution} from './plan.js';
import {startTableWorkers, type TableWorkers} from './workers.js';

/** The class tables of a layer. */
export type LayerTables = {
	/** Binds them to an image's forward values; the returned function makes the table of a class. */
	readonly bind: (values: Values) => (id: number) => Promise<ClassTable>;
	/** Ends the workers and frees released tables; the next table starts new workers. */
	readonly dispose: () => Promise<void>;
};

type FillTable = ReturnType<TableWorkers['bind']>;

/** The class tables of a layer; undefined where the head does not end in a resize. Workers start with the first table. */
export const createLayerTables = (
	graph: Graph,
	logits: string,
	layer: string,
	options: Pick<TablePlan, 'runtime' | 'isBackground'>,
): LayerTables | undefined => {
	const low = findLowResolution(graph, logits);
	if (!low) {
		return undefined;
	}

	let workers: TableWorkers | undefined;
	const start = () => {
		workers ??= startTableWorkers({
			graph: walkedPart(graph, low.logits, [layer]),
			layer,
			logits: low.logits,
			...options,
		});
		return workers;
	};

	const [height, width] = graph.values.get(layer)!.shape.slice(2);
	return {
		bind(values) {
			let bound:
				{readonly to: TableWorkers; readonly fill: FillTable} | undefined;
			return async (id) => {
				const to = start();
				if (bound?.to !== to) {
					bound = {to, fill: to.bind(values)};
				}

				const maps = await bound.fill(id);
				return readClassTable(maps, {
					class: id,
					width,
					height,
					mix: low.mix,
					release() {
						to.release(maps);
					},
				});
			};
		},
		async dispose() {
			const ended = workers;
			workers = undefined;
			await ended?.dispose();
		},
	};
};
