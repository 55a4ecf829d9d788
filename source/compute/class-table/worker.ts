/* A worker of class tables: it receives a plan, then jobs, and reports when its share of a table is done. */
import {constants} from 'node:os';
import {parentPort, workerData} from 'node:worker_threads';
import {selectRuntime} from '../../runtimes/select.js';
import {makeWay} from '../../worker.js';
import {createTableFiller, type FillRows} from './fill-table.js';
import type {TableJob, TablePlan} from './plan.js';

// eslint-disable-next-line @typescript-eslint/no-unsafe-type-assertion -- What spawnWorker was given.
const plan = workerData as TablePlan;

if (plan.isBackground) {
	makeWay(constants.priority.PRIORITY_LOW);
}

// One thread each: the workers are the parallelism.
const {runtime} = await selectRuntime(plan.runtime, {threads: 1});
const bind = createTableFiller(plan, runtime);
let bound: {readonly image: number; readonly fill: FillRows} | undefined;

const work = async ({image, values, ...job}: TableJob): Promise<void> => {
	if (bound?.image !== image) {
		// Copied, because runtimes do not accept shared memory, and the layer is the one value they are given.
		const layer = new Float32Array(values.get(plan.layer)!);
		const own = new Map([...values, [plan.layer, layer] as const]);
		bound = {image, fill: bind(own)};
	}

	const {id, seeds, chunk, next, maps} = job;
	const space = maps.length / seeds;
	for (;;) {
		const begin = Atomics.add(next, 0, chunk);
		if (begin >= seeds) {
			return;
		}

		const end = Math.min(begin + chunk, seeds);
		// eslint-disable-next-line no-await-in-loop -- One chunk after the other: each uses the whole thread.
		await bound.fill(id, begin, maps.subarray(begin * space, end * space));
	}
};

let last = Promise.resolve();
parentPort!.on('message', (job: TableJob) => {
	last = last.then(async () => {
		await work(job);
		parentPort!.postMessage('done');
	});
});
