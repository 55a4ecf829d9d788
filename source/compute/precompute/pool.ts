import {once} from 'node:events';
import {availableParallelism} from 'node:os';
import {findGradientMethod} from '../../cam/find-method.js';
import {ModelError} from '../../errors.js';
import {channelCount, positionCount} from '../../ops/adjoint/extent.js';
import {endWorker, spawnWorker} from '../../worker.js';
import {cutBands, type Band} from './seeds/band.js';
import type {Answer, EncodedRows, Job, Plan, SharedBand} from './plan.js';
import {cutRows} from './row-range.js';
import {shareSums, type SummedBand} from './seeds/share-sums.js';

/** Bytes of text that a worker hands over at a time, roughly. */
const rangeLength = 8e6;

/** Bytes of a point, roughly. */
const pointLength = 14;

/** Milliseconds between two looks at the workers' progress. */
const lookInterval = 100;

/** A counter value past any amount of work. */
const allTaken = 2 ** 30;

type PoolOptions = {
	/** The first row to encode. */
	readonly start: number;
	/** One for each core, if left out. */
	readonly workers?: number;
	readonly signal?: AbortSignal;
	/** Reports how many directions are done, where all are needed before the first row. */
	readonly onDirections?: (done: number, total: number) => void;
};

const allocate = (length: number) => new SharedArrayBuffer(4 * length);

/** A counter shared by workers. */
const startCount = () => new Int32Array(allocate(1));

/**
Creates the function that allocates the maps of one band after the other, all in the same memory: shared memory is freed only once every thread has collected its garbage, which none has a reason to do.
*/
export const createBandMemory = (
	bands: readonly Band[],
	space: number,
): ((band: Band | SummedBand) => SharedBand) => {
	const most = Math.max(0, ...bands.map(({positions}) => positions.length));
	const memory = allocate(most * space);
	return (band) => ({
		...band,
		maps: new Float32Array(memory, 0, band.positions.length * space),
		next: startCount(),
	});
};

/** A worker that does one job after the other. */
const startWorker = (plan: Plan, signal: AbortSignal | undefined) => {
	const worker = spawnWorker('compute/precompute/worker', {workerData: plan});
	let last: Promise<Answer> = Promise.resolve(undefined);
	const work = async (job: Job): Promise<Answer> => {
		worker.postMessage(job);
		try {
			// Rejects if the worker fails.
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
Encodes the rows of an image on all cores and yields them from top to bottom, the same for any number of workers.

Workers sum the gradients of all bands first where that pays, then fill one band with maps after the other, and encode its rows. They stay at most two ranges ahead of the consumer, so that a slow disk does not fill the memory.
*/
export async function* encodeOnWorkers(
	plan: Plan,
	{
		start,
		workers: size = availableParallelism(),
		signal,
		onDirections,
	}: PoolOptions,
): AsyncGenerator<EncodedRows, void, void> {
	signal?.throwIfAborted();
	const {shape} = plan.graph.values.get(plan.layer)!;
	const space = positionCount(shape);
	const directions = findGradientMethod(plan.method)!.directions?.count({
		channels: channelCount(shape),
		space,
	});
	const bands = cutBands(plan, space).filter(({end}) => end > start);
	const shareBand = createBandMemory(bands, space);
	const workers = Array.from({length: size}, () => startWorker(plan, signal));
	let taken: Int32Array | undefined;

	/** Runs all workers at once, each taking what no other has taken. */
	const together = async (job: Job, next: Int32Array): Promise<void> => {
		taken = next;
		await Promise.all(workers.map(async ({ask}) => ask(job)));
	};

	const sum = async (
		parts: readonly SummedBand[],
		total: number,
	): Promise<void> => {
		const next = startCount();
		const timer = setInterval(() => {
			onDirections?.(Math.min(Atomics.load(next, 0), total), total);
		}, lookInterval);
		try {
			await together({kind: 'sum', method: plan.method, parts, next}, next);
			onDirections?.(total, total);
		} finally {
			clearInterval(timer);
		}
	};

	async function* readyBands(): AsyncGenerator<Band | SummedBand, void, void> {
		if (directions === undefined || !plan.isSummedFirst) {
			yield* bands;
			return;
		}

		for (const part of shareSums(bands, directions)) {
			// eslint-disable-next-line no-await-in-loop -- Each part takes the memory of the one before.
			await sum(part, directions);
			yield* part;
		}
	}

	try {
		for await (const band of readyBands()) {
			const shared = shareBand(band);
			await together({kind: 'fill', band: shared}, shared.next);
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
					// When an earlier one fails, nobody awaits it any more.
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
		if (taken) {
			// Workers still running find no work left.
			Atomics.store(taken, 0, allTaken);
		}

		await Promise.all(workers.map(async ({end}) => end()));
	}
}
