/* A worker that computes derivatives along directions: it receives an image's plan, then jobs, and reports when a job has no directions left. */
import {constants} from 'node:os';
import {exit} from 'node:process';
import {parentPort, workerData} from 'node:worker_threads';
import {selectRuntime} from '../../runtimes/select.js';
import {end, makeWay} from '../../worker.js';
import type {DirectionsPlan, SumJob} from './plan.js';
import {createSums} from './sum.js';

// Background work yields to everything else.
makeWay(constants.priority.PRIORITY_LOW);

// eslint-disable-next-line @typescript-eslint/no-unsafe-type-assertion -- What spawnWorker was given.
const plan = workerData as DirectionsPlan;
const port = parentPort!;
// One thread each: the workers are the parallelism.
const {runtime} = await selectRuntime(plan.runtime, {threads: 1});
const sum = createSums(plan, runtime);

let last = Promise.resolve();
port.on('message', (message: SumJob | typeof end) => {
	if (message === end) {
		// Sets the priority of the thread, not of the process.
		exit();
	}

	last = last.then(async () => {
		await sum(message);
		port.postMessage('done');
	});
});
