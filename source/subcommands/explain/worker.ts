/*
A worker of explain: is given what is wanted of all images, then one image after the other.
*/
import {parentPort, workerData} from 'node:worker_threads';
import {loadModel} from '../../compute/load-model.js';
import {ModelError, UsageError} from '../../errors.js';
import {explainImage} from './explain-image.js';
import type {Job, Settings} from './job.js';
import type {Answer} from './run-jobs.js';

// eslint-disable-next-line @typescript-eslint/no-unsafe-type-assertion -- What run-jobs.ts gives, and nobody else starts this.
const settings = workerData as Settings;
const port = parentPort!;
const post = (answer: Answer) => {
	port.postMessage(answer);
};

// One thread: the workers themselves are what runs on several cores.
const model = loadModel(settings.model, {
	...settings.manifest,
	runtime: settings.runtime,
	threads: 1,
});

const answer = async (job: Job) => {
	try {
		post({explained: await explainImage(await model, settings, job)});
	} catch (error) {
		if (!(error instanceof UsageError) && !(error instanceof ModelError)) {
			throw error;
		}

		post({
			message: error.message,
			isUsage: error instanceof UsageError,
		});
	}
};

port.on('message', (job: Job) => {
	void answer(job);
});
