import {once} from 'node:events';
import {availableParallelism} from 'node:os';
import process from 'node:process';
import type {Worker} from 'node:worker_threads';
import type {OnPass} from '../../compute/explain.js';
import type {LoadedModel} from '../../compute/model/load-model.js';
import type {Network} from '../../compute/model/network.js';
import {ModelError, UsageError} from '../../errors.js';
import {elementCount} from '../../graph/tensor.js';
import type {Runtime} from '../../runtimes/runtime.js';
import {endWorker, spawnWorker} from '../../worker.js';
import {explainImage} from './explain-image.js';
import type {Explained, Job, Settings} from './job.js';

/** A worker's reply. */
export type Answer =
	| {readonly explained: Explained}
	| {readonly message: string; readonly isUsage: boolean};

/** A finished image, or why it failed. */
export type Outcome = {readonly job: Job} & (
	{readonly explained: Explained} | {readonly error: UsageError | ModelError}
);

/** Copies of the weights in a worker: as in the file, as the runtime needs them, and one while converting. */
const copiesOfWeights = 3.5;

/** Values as large as the network's largest that a worker holds at a time, in a forward and a backward pass. */
const valuesAtATime = 8;

/** The share of the available memory that workers may take. */
const memoryShare = 0.7;

/** Bytes that a worker needs to explain images with this network. */
const bytesOf = ({graph: {constants, values}}: Network): number => {
	const sizes = [...values.values()].map(({shape}) => elementCount(shape));
	let weights = 0;
	for (const {data} of constants.values()) {
		weights += data.byteLength;
	}

	return (
		copiesOfWeights * weights +
		valuesAtATime * Float32Array.BYTES_PER_ELEMENT * Math.max(...sizes)
	);
};

/** The number of workers that the cores, the memory and the images allow; one where all would wait for the same GPU. */
export const workerCount = (
	network: Network,
	images: number,
	{hasGpu = false}: Pick<Runtime, 'hasGpu'>,
): number => {
	if (hasGpu) {
		return 1;
	}

	const memory = process.availableMemory() * memoryShare;
	const fitting = Math.floor(memory / bytesOf(network));
	return Math.max(1, Math.min(availableParallelism(), images, fitting));
};

/**
Explains images one after the other, with a model that uses all cores or a GPU by itself.

@param options.signal Stops it between two images or, through what `onPass` throws, between two passes.
*/
export async function* runHere(
	model: LoadedModel,
	settings: Settings,
	jobs: readonly Job[],
	{signal, onPass}: {readonly signal?: AbortSignal; readonly onPass?: OnPass},
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

		signal?.throwIfAborted();
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

/**
Explains images on several cores, and yields each as soon as it is done, in any order.

Each worker takes one image at a time and has one thread: preparing and drawing pictures cannot use more than one core.

@param options.size The number of workers.
@param options.signal Stops them: images being written are finished and yielded, then the signal's reason is thrown.
*/
export async function* runOnWorkers(
	settings: Settings,
	jobs: readonly Job[],
	{size, signal}: {readonly size: number; readonly signal?: AbortSignal},
): AsyncGenerator<Outcome, void, void> {
	const workers = Array.from({length: size}, () =>
		spawnWorker('subcommands/explain/worker', {workerData: settings}),
	);
	const exits = new Map(
		workers.map((worker) => [
			worker,
			new Promise<readonly undefined[]>((resolve) => {
				worker.once('exit', () => {
					resolve([]);
				});
			}),
		]),
	);
	let next = 0;
	const start = async (worker: Worker) => {
		const job = jobs.at(next++)!;
		worker.postMessage(job);
		const [answer] = await Promise.race([
			// Rejects with the error if the worker fails.
			// eslint-disable-next-line @typescript-eslint/no-unsafe-type-assertion -- What worker.ts posts.
			once(worker, 'message') as Promise<[Answer]>,
			exits.get(worker)!,
		]);
		return {worker, outcome: answer && toOutcome(job, answer)};
	};

	const end = async () => {
		await Promise.all(workers.map(async (each) => endWorker(each)));
	};

	const abort = () => {
		void end();
	};

	signal?.addEventListener('abort', abort, {once: true});
	try {
		signal?.throwIfAborted();
		const running = new Map<Worker, ReturnType<typeof start>>();
		for (const worker of workers.slice(0, jobs.length)) {
			running.set(worker, start(worker));
		}

		while (running.size > 0) {
			// eslint-disable-next-line no-await-in-loop -- until all are done
			const {worker, outcome} = await Promise.race(running.values());
			running.delete(worker);
			if (next < jobs.length && !signal?.aborted) {
				running.set(worker, start(worker));
			}

			if (outcome) {
				yield outcome;
			} else if (!signal?.aborted) {
				throw new Error('A worker ended before its image was done');
			}
		}

		signal?.throwIfAborted();
	} finally {
		signal?.removeEventListener('abort', abort);
		await end();
	}
}
