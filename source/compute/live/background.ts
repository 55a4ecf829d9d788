import type {Lease, Budget} from './budget.js';

/** The background work of a layer: one job after the other, on threads that another layer may take over. */
export type Background = {
	/** Runs a job after all earlier ones. */
	readonly queue: (job: () => Promise<void>) => void;
	/** Takes the threads, unless the layer has them. */
	readonly takeThreads: () => void;
	/** Gives the threads back; they end after the last job. Resolves when they have. */
	readonly rest: () => Promise<void>;
};

/**
Creates the queue of a layer's background work.

@param threads The threads that all layers share.
@param endThreads Ends them; the next job starts new ones.
@param onTaken Called when another layer takes the threads.
*/
export const createBackground = (
	threads: Budget,
	endThreads: () => Promise<void>,
	onTaken?: () => void,
): Background => {
	let thread: Lease | undefined;
	let last: Promise<void> = Promise.resolve();

	const queue = (job: () => Promise<void>): void => {
		last = last.then(job);
	};

	const rest = async (): Promise<void> => {
		thread?.giveBack();
		thread = undefined;
		queue(endThreads);
		await last;
	};

	return {
		queue,
		takeThreads() {
			thread ??= threads.take(1, () => {
				onTaken?.();
				void rest();
			});
		},
		rest,
	};
};
