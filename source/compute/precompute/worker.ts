/* A worker of precompute: it receives an image's plan, then helps to sum gradients and to fill bands, and encodes ranges of their rows. */
import {exit} from 'node:process';
import {parentPort, workerData} from 'node:worker_threads';
import {ModelError} from '../../errors.js';
import {selectRuntime} from '../../runtimes/select.js';
import {end} from '../../worker.js';
import {createSums} from '../directions/sum.js';
import {createRowEncoder} from './points/encode-rows.js';
import type {Answer, Job, Plan} from './plan.js';
import {createSeedMaps, readSeedMaps, type SeedMap} from './seeds/seed-maps.js';

// eslint-disable-next-line @typescript-eslint/no-unsafe-type-assertion -- What pool.ts gives, and nobody else starts this.
const plan = workerData as Plan;
const port = parentPort!;
const answer = (text: Answer) => {
	port.postMessage(text);
};

// One thread: the workers are the parallelism.
const {runtime} = await selectRuntime(plan.runtime, {threads: 1});
const fill = createSeedMaps(plan, runtime);
const encodeRows = createRowEncoder(plan);
let sum: ReturnType<typeof createSums> | undefined;
let seedMap: SeedMap | undefined;

const work = async (job: Job): Promise<void> => {
	if (job.kind === 'encode') {
		const rows = encodeRows(job, seedMap!);
		port.postMessage(rows, [rows.bytes.buffer]);
		return;
	}

	try {
		if (job.kind === 'sum') {
			sum ??= createSums({...plan, logits: plan.seeds.value}, runtime);
			await sum(job);
			answer(undefined);
			return;
		}

		await fill(job.band);
		seedMap = readSeedMaps(job.band, job.band.maps);
		answer(undefined);
	} catch (error) {
		if (!(error instanceof ModelError)) {
			throw error;
		}

		answer({modelError: error.message});
	}
};

port.on('message', (message: Job | typeof end) => {
	if (message === end) {
		// Sets the priority of the thread, not of the process.
		exit();
	}

	void work(message);
});
