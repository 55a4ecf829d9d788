/*
A worker of explain: is given what is wanted of all images, then one image after the other.
*/
import {exit} from 'node:process';
import {parentPort, workerData} from 'node:worker_threads';
import {loadModel, type LoadedModel} from '../../compute/model/load-model.js';
import {ModelError, UsageError} from '../../errors.js';
import {end} from '../../worker.js';
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

let isEnding = false;
const onPass = () => {
	if (isEnding) {
		throw new Error('Nobody waits for it any longer');
	}
};

const answer = async (job: Job, loaded: LoadedModel) => {
	try {
		post({explained: await explainImage(loaded, settings, job, onPass)});
	} catch (error) {
		if (error instanceof UsageError || error instanceof ModelError) {
			post({
				message: error.message,
				isUsage: error instanceof UsageError,
			});
		} else if (!isEnding) {
			throw error;
		}
	}
};

let image: Promise<void> | undefined;
const work = async (job: Job) => {
	const loaded = await model;
	image = answer(job, loaded);
	await image;
};

/** Waits while an image is read or written: the threads that do so would return to a worker that is gone. */
const leave = async () => {
	isEnding = true;
	await image;
	// Of the thread, not of the process.
	exit();
};

port.on('message', (message: Job | typeof end) => {
	void (message === end ? leave() : work(message));
});
