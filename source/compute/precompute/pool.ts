import {once} from 'node:events';
import {availableParallelism} from 'node:os';
import {ModelError} from '../../errors.js';
import {positionCount} from '../../ops/adjoint/extent.js';
import {endWorker, spawnWorker} from '../../worker.js';
import {cutBands, type Band} from './band.js';
import type {Answer, EncodedRows, Job, Plan, SharedBand} from './plan.js';
import {cutRows} from './row-range.js';

/** Bytes of text that a worker hands over at a time, about. */
const rangeLength = 8e6;

/** Bytes that a point takes, about. */
const pointLength = 14;

type PoolOptions = {
	/** The first row that is wanted. */
	readonly start: number;
	/** As many as there are cores, if left out. */
	readonly workers?: number;
	readonly signal?: AbortSignal;
};

/** Makes room for the maps of a band. */
export const shareBand = (band: Band, space: number): SharedBand => {
	const allocate = (length: number) => new SharedArrayBuffer(4 * length);
	return {
		...band,
		maps: new Float32Array(allocate(band.positions.length * space)),
		next: new Int32Array(allocate(1)),
	};
};

/** A worker that does one job after the other. */
const startWorker = (plan: Plan, signal: AbortSignal | undefined) => {
	const worker = spawnWorker('compute/precompute/worker', {workerData: plan});
	let last: Promise<Answer> = Promise.resolve(undefined);
	const work = async (job: Job): Promise<Answer> => {
		worker.postMessage(job);
		try {
			// Rejects with the error if the worker fails.
			const messages: unknown[] = await once(worker, 'message', {signal});
			// eslint-disable-next-line @typescript-eslint/no-unsafe-type-assertion -- What worker.ts posts.
			const answer = messages[0] as Answer;
			if (answer && 'modelError' in answer) {
				throw new ModelError(answer.modelError);
			}

			return answer;
		} catch (error) {
			signal?.throwIfAborted();
			throw error;
		}
	};

	return {
		async ask(job: Job): Promise<Answer> {
			last = last.then(async () => work(job));
			return last;
		},
		end: async () => endWorker(worker),
	};
};

/** How many rows a worker encodes at a time. */
const rowsAtATime = ({image, top, stride}: Plan, space: number): number => {
	const pointCount = Math.min(top, space);
	const rowLength = (image.width * pointCount * pointLength) / stride ** 2;
	return Math.max(1, Math.round(rangeLength / rowLength));
};

/**
Encodes the rows of an image on all cores and yields them from top to bottom, the same whatever the number of workers.

Workers fill one band with maps after the other, and encode its rows. They run at most two ranges ahead of whoever takes the rows, so that a slow disk does not fill the memory.
*/
export async function* encodeOnWorkers(
	plan: Plan,
	{start, workers: size = availableParallelism(), signal}: PoolOptions,
): AsyncGenerator<EncodedRows, void, void> {
	signal?.throwIfAborted();
	const space = positionCount(plan.graph.values.get(plan.layer)!.shape);
	const bands = cutBands(plan, space).filter(({end}) => end > start);
	const workers = Array.from({length: size}, () => startWorker(plan, signal));
	let current: SharedBand | undefined;
	try {
		for (const band of bands) {
			const shared = shareBand(band, space);
			current = shared;
			// eslint-disable-next-line no-await-in-loop -- Band after band.
			await Promise.all(
				workers.map(async ({ask}) => ask({kind: 'fill', band: shared})),
			);
			const ranges = cutRows(
				{start: Math.max(start, band.start), end: band.end},
				rowsAtATime(plan, space),
			);
			const answers: Array<Promise<Answer>> = [];
			let asked = 0;
			for (const index of ranges.keys()) {
				for (; asked < Math.min(index + 2 * size, ranges.length); asked++) {
					const {ask} = workers[asked % size];
					const answer = ask({kind: 'encode', ...ranges[asked]});
					// When one before it fails, nobody waits for it any more.
					answer.catch(() => undefined);
					answers.push(answer);
				}

				// eslint-disable-next-line no-await-in-loop -- From top to bottom.
				const rows = await answers.shift();
				if (rows && 'bytes' in rows) {
					yield rows;
					signal?.throwIfAborted();
				}
			}
		}
	} finally {
		if (current) {
			// Whoever still fills it finds nothing left to do.
			Atomics.store(current.next, 0, current.positions.length);
		}

		await Promise.all(workers.map(async ({end}) => end()));
	}
}
