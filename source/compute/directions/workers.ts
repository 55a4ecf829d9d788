import {once} from 'node:events';
import {availableParallelism} from 'node:os';
import {endWorker, spawnWorker} from '../../worker.js';
import type {DirectionsPlan, SumJob} from './plan.js';

/** Beyond this many workers, the copies of forward values cost more than they are worth. */
const maxWorkers = 4;

/** Background workers that sum gradients along directions, for one image. */
export type SumWorkers = {
	/** Resolves when all directions are taken, or the job's counter was set past them. */
	readonly sum: (job: SumJob) => Promise<void>;
	/** Terminates them as soon as they leave native code. */
	readonly end: () => Promise<void>;
};

/** Starts workers on all cores but one, which stays free for questions. */
export const startSumWorkers = (plan: DirectionsPlan): SumWorkers => {
	const cores = Math.max(1, availableParallelism() - 1);
	const workers = Array.from({length: Math.min(cores, maxWorkers)}, () =>
		spawnWorker('compute/directions/worker', {workerData: plan}),
	);
	return {
		async sum(job) {
			await Promise.all(
				workers.map(async (worker) => {
					worker.postMessage(job);
					// Rejects if the worker fails.
					await once(worker, 'message');
				}),
			);
		},
		async end() {
			await Promise.all(workers.map(async (worker) => endWorker(worker)));
		},
	};
};
