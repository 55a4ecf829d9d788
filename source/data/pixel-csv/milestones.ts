/** A level that only rises, and promises that wait for it. */
export type Milestones = {
	readonly raise: (level: number) => void;
	/** The level will not rise any more: rejects all waiting and later promises, since the level reached cannot be relied on. */
	readonly fail: (reason: unknown) => void;
	/** Resolves when the level is at least this; rejects with the signal's reason. */
	readonly reach: (level: number, signal?: AbortSignal) => Promise<void>;
};

/** A level of zero. */
export const createMilestones = (): Milestones => {
	type Waiter = {
		readonly level: number;
		readonly settle: (rejection?: {readonly reason: unknown}) => void;
	};
	const waiters = new Set<Waiter>();
	let reached = 0;
	let failure: {readonly reason: unknown} | undefined;

	return {
		raise(level) {
			reached = level;
			for (const waiter of waiters) {
				if (waiter.level <= reached) {
					waiter.settle();
				}
			}
		},
		fail(reason) {
			failure = {reason};
			for (const waiter of waiters) {
				waiter.settle(failure);
			}
		},
		async reach(level, signal) {
			signal?.throwIfAborted();
			if (failure) {
				throw failure.reason;
			}

			if (level <= reached) {
				return;
			}

			return new Promise((resolve, reject) => {
				const abort = () => {
					waiter.settle({reason: signal!.reason});
				};

				const waiter: Waiter = {
					level,
					settle(rejection) {
						waiters.delete(waiter);
						signal?.removeEventListener('abort', abort);
						if (rejection) {
							// eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- It is the error of the scan, or the reason that the caller gave.
							reject(rejection.reason);
						} else {
							resolve();
						}
					},
				};
				waiters.add(waiter);
				signal?.addEventListener('abort', abort);
			});
		},
	};
};
