import {once} from 'node:events';
import {availableParallelism} from 'node:os';
import {endWorker, spawnWorker} from '../../worker.js';
import type {DirectionsPlan, SumJob} from './plan.js';

/** More workers than this would hold more copies of what the network left behind than they are worth. */
const maxWorkers = 4;

/** Workers in the background that sum gradients along directions, for one image. */
export type SumWorkers = {
	/** Resolves when all directions have been taken, or the counter of the job has been set beyond them. */
	readonly sum: (job: SumJob) => Promise<void>;
	/** Ends them as soon as they leave native code. */
	readonly end: () => Promise<void>;
};

/** Starts workers, but for one core, which whoever asks in the meantime finds free. */
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
					// Rejects with the error if the worker fails.
					await once(worker, 'message');
				}),
			);
		},
		async end() {
			await Promise.all(workers.map(async (worker) => endWorker(worker)));
		},
	};
};
