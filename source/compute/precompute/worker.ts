/*
A worker of precompute: is given the plan of an image, then ranges of rows, and answers their lines.
*/
import {parentPort, workerData} from 'node:worker_threads';
import {ModelError} from '../../errors.js';
import {selectRuntime} from '../../runtimes/select.js';
import {createRowEncoder} from './encode-rows.js';
import type {Answer, Plan, RowRange} from './plan.js';

// eslint-disable-next-line @typescript-eslint/no-unsafe-type-assertion -- What pool.ts gives, and nobody else starts this.
const plan = workerData as Plan;
const port = parentPort!;
const post = (answer: Answer, ...transfer: ArrayBuffer[]) => {
	port.postMessage(answer, transfer);
};

/** One thread: the workers themselves are what runs on several cores. */
const openEncoder = async () => {
	const {runtime} = await selectRuntime(plan.runtime, {threads: 1});
	return createRowEncoder(plan, runtime);
};

const encoder = openEncoder();
let last = Promise.resolve();

const encodeAll = async (ranges: readonly RowRange[]) => {
	try {
		const encodeRows = await encoder;
		for (const range of ranges) {
			// eslint-disable-next-line no-await-in-loop -- In order: rows share what was computed for the one before.
			const rows = await encodeRows(range);
			post(rows, rows.bytes.buffer);
		}
	} catch (error) {
		if (!(error instanceof ModelError)) {
			throw error;
		}

		post({modelError: error.message});
	}
};

port.on('message', (ranges: readonly RowRange[]) => {
	last = last.then(async () => encodeAll(ranges));
});
