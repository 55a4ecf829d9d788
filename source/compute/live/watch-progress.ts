/** Milliseconds that a table may take in all, extrapolated from its progress: few people hover over one picture for longer, and each question takes a tenth of a second anyway. */
const patience = 60_000;

/** Milliseconds before that can be extrapolated. */
const trial = 8000;

/** Milliseconds between two looks at the workers' progress. */
const lookInterval = 250;

/**
Reports a table's progress until told to stop. Time spent opening the network does not count.

@param look The share that is done, or more than 1 past the end.
@param onProgress Receives the share, 0–1.
@param giveUp Called at each look while the table would take too long.
@returns Stops watching.
*/
export const watchProgress = (
	look: () => number,
	onProgress: (done: number) => void,
	giveUp: () => void,
): (() => void) => {
	let began: number | undefined;
	const timer = setInterval(() => {
		const done = Math.min(look(), 1);
		if (done > 0) {
			began ??= performance.now();
		}

		const passed = began === undefined ? 0 : performance.now() - began;
		onProgress(done);
		if (passed > trial && passed > patience * done) {
			giveUp();
		}
	}, lookInterval);
	return () => {
		clearInterval(timer);
	};
};
