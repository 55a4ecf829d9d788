import {once} from 'node:events';
import {availableParallelism} from 'node:os';
import type {Worker} from 'node:worker_threads';
import {spawnWorker} from '../../worker.js';
import {ModelError} from '../../errors.js';
import type {Answer, EncodedRows, Plan, RowRange} from './plan.js';

/** Bytes of text that a worker hands over at a time, about. */
const rangeLength = 16e6;

/** Bytes that a point takes, about. */
const pointLength = 14;

/** Ranges that a worker gets in a row: neighbours share rows of seeds. */
const rangesPerRun = 4;

/** Cuts the rows from `start` on into ranges that take about as much time and memory each. */
export const splitRows = (
	{image, seeds, stride, top}: Plan,
	start: number,
): readonly RowRange[] => {
	const rowLength = (image.width * top * pointLength) / stride ** 2;
	const rows = Math.max(
		1,
		Math.round(Math.min(rangeLength / rowLength, image.height / seeds.height)),
	);
	return Array.from(
		{length: Math.ceil((image.height - start) / rows)},
		(_, at) => ({
			start: start + at * rows,
			end: Math.min(start + (at + 1) * rows, image.height),
		}),
	);
};

type PoolOptions = {
	/** The first row that is wanted. */
	readonly start: number;
	/** As many as there are cores, if left out. */
	readonly workers?: number;
	readonly signal?: AbortSignal;
};

/**
Encodes the rows of an image on all cores and yields them from top to bottom, the same whatever the number of workers.

Workers run at most two runs ahead of whoever takes the rows, so that a slow disk does not fill the memory.
*/
export async function* encodeOnWorkers(
	plan: Plan,
	{start, workers: wanted = availableParallelism(), signal}: PoolOptions,
): AsyncGenerator<EncodedRows, void, void> {
	const ranges = splitRows(plan, start);
	const runs = Array.from(
		{length: Math.ceil(ranges.length / rangesPerRun)},
		(_, at) => ranges.slice(at * rangesPerRun, (at + 1) * rangesPerRun),
	);
	const size = Math.max(1, Math.min(wanted, runs.length));
	const encoded = new Map<number, EncodedRows>();
	const inbox = new EventTarget();
	let failure: {readonly reason: unknown} | undefined;
	const fail = (reason: unknown) => {
		failure ??= {reason};
		inbox.dispatchEvent(new Event('change'));
	};

	const take = async (start: number): Promise<EncodedRows> => {
		for (;;) {
			if (failure) {
				throw failure.reason;
			}

			const rows = encoded.get(start);
			if (rows) {
				encoded.delete(start);
				return rows;
			}

			// eslint-disable-next-line no-await-in-loop -- Until a worker answers.
			await once(inbox, 'change');
		}
	};

	const abort = () => {
		fail(signal!.reason);
	};

	const left = new Map<Worker, number>();
	let nextRun = 0;
	let taken = 0;
	const handOut = () => {
		const limit = Math.floor(taken / rangesPerRun) + 2 * size;
		for (const [worker, count] of left) {
			if (count === 0 && nextRun < Math.min(limit, runs.length)) {
				const run = runs[nextRun++];
				left.set(worker, run.length);
				worker.postMessage(run);
			}
		}
	};

	try {
		signal?.throwIfAborted();
		signal?.addEventListener('abort', abort);
		for (let at = 0; at < size; at++) {
			const worker = spawnWorker('compute/precompute/worker', {
				workerData: plan,
			});
			left.set(worker, 0);
			worker.on('error', fail);
			worker.on('message', (answer: Answer) => {
				if ('modelError' in answer) {
					fail(new ModelError(answer.modelError));
					return;
				}

				left.set(worker, left.get(worker)! - 1);
				encoded.set(answer.start, answer);
				handOut();
				inbox.dispatchEvent(new Event('change'));
			});
		}

		handOut();
		for (const {start} of ranges) {
			// eslint-disable-next-line no-await-in-loop -- From top to bottom.
			const rows = await take(start);
			taken++;
			handOut();
			yield rows;
		}
	} finally {
		signal?.removeEventListener('abort', abort);
		await Promise.all(
			[...left.keys()].map(async (worker) => worker.terminate()),
		);
	}
}
