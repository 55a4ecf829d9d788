import {once} from 'node:events';
import {statSync} from 'node:fs';
import {availableParallelism, freemem} from 'node:os';
import type {Worker} from 'node:worker_threads';
import type {OnPass} from '../../compute/explain.js';
import type {LoadedModel} from '../../compute/load-model.js';
import {ModelError, UsageError} from '../../errors.js';
import {spawnWorker} from '../../worker.js';
import {explainImage} from './explain-image.js';
import type {Explained, Job, Settings} from './job.js';

/** What a worker says of an image. */
export type Answer =
	| {readonly explained: Explained}
	| {readonly message: string; readonly isUsage: boolean};

/** An image that is done, or what was wrong with it. */
export type Outcome = {readonly job: Job} & (
	{readonly explained: Explained} | {readonly error: UsageError | ModelError}
);

/** How often a worker holds the weights: as the file has them, as the runtime wants them, and while one becomes the other. */
const copiesOfWeights = 3.5;

/** The share of the free memory that workers may take. */
const memoryShare = 0.7;

/** Workers that cores, memory and images suffice for. */
export const workerCount = (model: string, images: number): number => {
	const weights = statSync(model).size * copiesOfWeights;
	const fitting = Math.floor((freemem() * memoryShare) / Math.max(1, weights));
	return Math.max(1, Math.min(availableParallelism(), images, fitting));
};

/** Explains one image after the other with a model that takes all cores, or a GPU, by itself. */
export async function* runHere(
	model: LoadedModel,
	settings: Settings,
	jobs: readonly Job[],
	onPass?: OnPass,
): AsyncGenerator<Outcome, void, void> {
	for (const job of jobs) {
		try {
			yield {
				job,
				// eslint-disable-next-line no-await-in-loop -- one after the other
				explained: await explainImage(model, settings, job, onPass),
			};
		} catch (error) {
			if (!(error instanceof UsageError) && !(error instanceof ModelError)) {
				throw error;
			}

			yield {job, error};
		}
	}
}

const toOutcome = (job: Job, answer: Answer): Outcome =>
	'explained' in answer
		? {job, explained: answer.explained}
		: {
				job,
				error: answer.isUsage
					? new UsageError(answer.message)
					: new ModelError(answer.message),
			};

/** Rejects with its reason once a signal comes. */
const untilAborted = async (signal: AbortSignal): Promise<never> => {
	if (!signal.aborted) {
		await once(signal, 'abort');
	}

	// eslint-disable-next-line @typescript-eslint/only-throw-error -- whoever aborts knows it by that
	throw signal.reason;
};

/**
Explains images on several cores, one a worker at a time, and yields each as soon as it is done, in whatever order.

An image a worker, with one thread each: preparing and drawing pictures fills no more than one core.

@param options.size How many workers.
@param options.signal Ends them at once, and what is thrown is its reason.
*/
export async function* runOnWorkers(
	settings: Settings,
	jobs: readonly Job[],
	{
		size = workerCount(settings.model, jobs.length),
		signal,
	}: {readonly size?: number; readonly signal?: AbortSignal} = {},
): AsyncGenerator<Outcome, void, void> {
	const workers = Array.from({length: size}, () =>
		spawnWorker('subcommands/explain/worker', {workerData: settings}),
	);
	let next = 0;
	const start = async (worker: Worker) => {
		const job = jobs.at(next++)!;
		worker.postMessage(job);
		// Rejects with the error if the worker fails.
		const message: unknown[] = await once(worker, 'message');
		// eslint-disable-next-line @typescript-eslint/no-unsafe-type-assertion -- What worker.ts posts.
		return {worker, outcome: toOutcome(job, message[0] as Answer)};
	};

	try {
		const running = new Map<Worker, ReturnType<typeof start>>();
		const aborted = signal ? [untilAborted(signal)] : [];
		for (const worker of workers.slice(0, jobs.length)) {
			running.set(worker, start(worker));
		}

		while (running.size > 0) {
			// eslint-disable-next-line no-await-in-loop -- until all are done
			const {worker, outcome} = await Promise.race([
				...running.values(),
				...aborted,
			]);
			running.delete(worker);
			if (next < jobs.length) {
				running.set(worker, start(worker));
			}

			yield outcome;
		}
	} finally {
		await Promise.all(workers.map(async (worker) => worker.terminate()));
	}
}
