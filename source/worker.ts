import {setPriority} from 'node:os';
import {platform} from 'node:process';
import {SHARE_ENV, Worker, type WorkerOptions} from 'node:worker_threads';
import {packageFile} from './package-file.js';

/**
Starts a worker thread.

Node runs compiled JavaScript only, and a worker does not inherit the loader of vitest or tsx from its parent. So workers come from `build/`, even where this module itself comes from `source/`; `npm test` and `npm run bench` build first.

@param entry The worker's module, relative to `source/`, without suffix: `compute/live/worker`.
*/
export function spawnWorker(entry: string, options?: WorkerOptions): Worker {
	return new Worker(packageFile(`build/${entry}.js`), {
		// The parent's flags would load its TypeScript loader again in every worker.
		...(import.meta.filename.endsWith('.ts') && {execArgv: []}),
		// Native code reads the environment of the process, of which a worker has only a copy.
		env: SHARE_ENV,
		...options,
	});
}

/** The message that asks a worker to end. */
export const end = 'end';

/**
Asks a worker to end and waits until it has. Terminating a thread while it is in native code would take the process down with it.

The worker's module exits when it receives `end`.
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
	// Its work is no longer wanted, nor is the news that it failed.
	worker.once('error', () => undefined);
	worker.postMessage(end);
	await ended;
}

/**
Lowers the priority of this thread and of those that it starts.

Only Linux has priorities for threads; elsewhere it would affect the whole process, so nothing is done there.

@param niceness From 0, the normal priority, to 19, the lowest.
*/
export function makeWay(niceness: number): void {
	if (platform === 'linux') {
		setPriority(niceness);
	}
}
