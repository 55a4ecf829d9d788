/** Decides when frames are drawn. */
export type FrameClock = {
	/** Something has changed. */
	request(): void;
	stop(): void;
};

/** Milliseconds from one frame to the next at the least: what no eye and no terminal keeps up with is left out. */
const interval = 8;

/** Milliseconds that a frame waits for what it lacks, which a file answers within one or two: better one change on the screen than two. */
const grace = 6;

/**
Draws once for all that changes in the same moment.

@param isComplete - Whether the frame would lack nothing that comes within a moment.
*/
export const createFrameClock = (
	draw: () => void,
	isComplete: () => boolean,
): FrameClock => {
	let timer: NodeJS.Timeout | undefined;
	let immediate: NodeJS.Immediate | undefined;
	let requestedAt: number | undefined;
	let drawnAt = Number.NEGATIVE_INFINITY;

	const stop = (): void => {
		clearTimeout(timer);
		clearImmediate(immediate);
	};

	const fire = (): void => {
		requestedAt = undefined;
		drawnAt = performance.now();
		draw();
	};

	return {
		request() {
			stop();
			const now = performance.now();
			requestedAt ??= now;
			const due = Math.max(
				drawnAt + interval,
				isComplete() ? now : requestedAt + grace,
			);
			if (due <= now) {
				immediate = setImmediate(fire);
			} else {
				timer = setTimeout(fire, due - now);
			}
		},
		stop,
	};
};
