import {SHARE_ENV, Worker, type WorkerOptions} from 'node:worker_threads';

/**
Starts a worker thread.

Node runs compiled JavaScript only, and a worker does not inherit the loader that vitest or tsx put around its parent. So where this module is itself read from `source/`, the worker is taken from `build/`; `npm test` and `npm run bench` build first.

@param entry The worker's module, relative to `source/`, without suffix: `data/pixel-csv/scan-worker`.
*/
export function spawnWorker(entry: string, options?: WorkerOptions): Worker {
	const isSource = import.meta.url.endsWith('.ts');
	const root = new URL(isSource ? '../build/' : './', import.meta.url);
	return new Worker(new URL(`${entry}.js`, root), {
		// The parent's flags would load its TypeScript loader again in every worker.
		...(isSource && {execArgv: []}),
		// Native code reads the environment of the process, which a worker only has a copy of.
		env: SHARE_ENV,
		...options,
	});
}
