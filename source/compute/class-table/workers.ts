import {availableParallelism} from 'node:os';
import {once} from 'node:events';
import type {Worker} from 'node:worker_threads';
import {share} from '../../autodiff/walked-part.js';
import type {Values} from '../../autodiff/walk/walk.js';
import {positionCount} from '../../ops/adjoint/extent.js';
import {spawnWorker} from '../../worker.js';
import type {TableJob, TablePlan} from './plan.js';
import {createRowTable, type RowTable} from './row-table.js';

/** Rows computed at a time: enough for matrix products at full speed, few enough to leave memory to others. */
const wantedChunk = 256;

/** Beyond this many workers, the copies of prepared weights cost more than they are worth. */
const maxWorkers = 4;

/** Workers that fill the tables of a layer, for one image after the other. */
export type TableWorkers = {
	/** Gives the workers an image; the returned function then fills the table of a class. */
	readonly bind: (values: Values) => (id: number) => Promise<RowTable>;
	/** Releases the memory of a table that is no longer read. */
	readonly release: (maps: RowTable) => void;
	readonly dispose: () => Promise<void>;
};

/** Starts workers, which keep their prepared matrix products from image to image. */
export const startTableWorkers = (plan: TablePlan): TableWorkers => {
	const cores = Math.max(1, availableParallelism() - Number(plan.isBackground));
	const workers = Array.from({length: Math.min(cores, maxWorkers)}, () =>
		spawnWorker('compute/class-table/worker', {workerData: plan}),
	);
	const {values} = plan.graph;
	const seeds = positionCount(values.get(plan.logits)!.shape);
	const {shape} = values.get(plan.layer)!;
	const rounds = Math.ceil(seeds / (wantedChunk * workers.length));
	const chunk = Math.ceil(seeds / (rounds * workers.length));
	const spare: RowTable[] = [];
	const takeMaps = (): RowTable =>
		spare.pop() ?? createRowTable(seeds, positionCount(shape));

	let images = 0;
	let last: Promise<unknown> = Promise.resolve();
	const fill = async (job: TableJob): Promise<void> => {
		await Promise.all(
			workers.map(async (worker) => {
				worker.postMessage(job);
				// Rejects if the worker fails.
				await once(worker, 'message');
			}),
		);
	};

	return {
		bind(forward) {
			const image = images++;
			let shared: Values | undefined;
			return async (id) => {
				shared ??= new Map(
					[...forward].map(([name, data]) => [name, share(data)]),
				);
				const maps = takeMaps();
				const job: TableJob = {
					id,
					image,
					values: shared,
					seeds,
					chunk,
					maps: maps.rows,
					next: new Int32Array(new SharedArrayBuffer(4)),
				};
				// One table at a time: each uses all workers.
				const filled = last.then(async () => fill(job));
				last = filled.catch(() => undefined);
				await filled;
				return maps;
			};
		},
		release(maps) {
			spare.push(maps);
		},
		async dispose() {
			await Promise.all(
				workers.map(async (worker: Worker) => worker.terminate()),
			);
		},
	};
};
