import {setPriority} from 'node:os';
import {platform} from 'node:process';
import {SHARE_ENV, Worker, type WorkerOptions} from 'node:worker_threads';
import {packageFile} from './package-file.js';

/**
Starts a worker thread.

Node runs compiled JavaScript only, and a worker does not inherit the loader that vitest or tsx put around its parent. So workers are taken from `build/`, also where this module is itself read from `source/`; `npm test` and `npm run bench` build first.

@param entry The worker's module, relative to `source/`, without suffix: `compute/live/worker`.
*/
export function spawnWorker(entry: string, options?: WorkerOptions): Worker {
	return new Worker(packageFile(`build/${entry}.js`), {
		// The parent's flags would load its TypeScript loader again in every worker.
		...(import.meta.filename.endsWith('.ts') && {execArgv: []}),
		// Native code reads the environment of the process, which a worker only has a copy of.
		env: SHARE_ENV,
		...options,
	});
}

/** What a worker is told that shall end. */
export const end = 'end';

/**
Has a worker end by itself between two calls of native code, and waits for that: a thread that is terminated from outside while it is in one takes the process with it.

Its module hears `end` and exits.
*/
export async function endWorker(worker: Worker): Promise<void> {
	const hasEnded = worker.threadId === -1;
	if (hasEnded) {
		return;
	}

	const ended = new Promise<void>((resolve) => {
		worker.once('exit', () => {
			resolve();
		});
	});
	// Nobody waits for its work any longer, nor for the news that it failed.
	worker.once('error', () => undefined);
	worker.postMessage(end);
	await ended;
}

/**
Lets other threads go before this one and those that it starts.

Only Linux tells threads apart; elsewhere it would hold for the whole process, so nothing is done there.

@param niceness 0, as everyone, to 19, when nobody else wants a core.
*/
export function makeWay(niceness: number): void {
	if (platform === 'linux') {
		setPriority(niceness);
	}
}
