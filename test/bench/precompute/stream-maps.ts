import {once} from 'node:events';
import {availableParallelism} from 'node:os';
import process from 'node:process';
import {Worker} from 'node:worker_threads';
import type {PreparedInput} from '../../../source/compute/input/input.js';
import type {LoadedModel} from '../../../source/compute/model/load-model.js';
import {cutBands} from '../../../source/compute/precompute/seeds/band.js';
import {createForward} from '../../../source/compute/precompute/forward.js';
import {createBandMemory} from '../../../source/compute/precompute/pool.js';
import {makePlan} from '../../../source/compute/precompute/make-plan.js';
import type {Question} from '../../../source/compute/precompute/question.js';
import {packageFile} from '../../../source/package-file.js';
import {positionCount} from '../../../source/ops/adjoint/extent.js';
import type {MapsJob} from './maps-worker.js';

/** What the maps of all pixels took after the forward pass. */
export type StreamedMaps = {
	readonly seconds: number;
	/** Of these, for the maps of the seeds, from which the others are mixed. */
	readonly tableSeconds: number;
	readonly cpuSeconds: number;
};

/**
Makes the maps of all pixels for one class on all cores, after the ReLU and with their maximum, each over the one before: nothing is chosen, nothing is written.

Counted is all that comes after the forward pass: weights and values are laid into shared memory, matrix products prepared, the maps of the seeds computed, and from these the map of every pixel mixed. Not counted is the start of the threads.
*/
export const streamMaps = async (
	model: LoadedModel,
	input: PreparedInput,
	question: Question,
): Promise<StreamedMaps> => {
	const workers = Array.from(
		{length: availableParallelism()},
		() =>
			new Worker(packageFile('build/bench/precompute/maps-worker.js'), {
				workerData: {runtime: model.runtime.name},
			}),
	);
	const ask = async (job: MapsJob) =>
		Promise.all(
			workers.map(async (worker) => {
				worker.postMessage(job);
				await once(worker, 'message');
			}),
		);
	try {
		await Promise.all(workers.map(async (worker) => once(worker, 'message')));
		const {logits, values} = await createForward(model.runtime)(
			question,
			new Map([[model.format.name, input.tensor]]),
		);
		const started = performance.now();
		const before = process.cpuUsage();
		const seconds = () => (performance.now() - started) / 1000;
		const options = {top: 0, threshold: 0, stride: 1, upsample: false};
		const {plan} = makePlan({model, question, options, input}, logits, values);
		const space = positionCount(plan.graph.values.get(plan.layer)!.shape);
		await ask({kind: 'plan', plan});
		let tableSeconds = 0;
		const bands = cutBands(plan, space);
		const shareBand = createBandMemory(bands, space);
		for (const band of bands) {
			const begun = seconds();
			// eslint-disable-next-line no-await-in-loop -- Band after band.
			await ask({kind: 'fill', band: shareBand(band)});
			tableSeconds += seconds() - begun;
			const next = new Int32Array(new SharedArrayBuffer(4));
			next[0] = band.start;
			// eslint-disable-next-line no-await-in-loop
			await ask({kind: 'mix', next});
		}

		const {user, system} = process.cpuUsage(before);
		return {
			seconds: seconds(),
			tableSeconds,
			cpuSeconds: (user + system) / 1e6,
		};
	} finally {
		await Promise.all(workers.map(async (worker) => worker.terminate()));
	}
};
