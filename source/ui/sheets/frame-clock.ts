/** Decides when frames are drawn. */
export type FrameClock = {
	/** Reports that something has changed. */
	request(): void;
	stop(): void;
};

/** The shortest time between frames, in milliseconds: no eye and no terminal keeps up with more. */
const interval = 8;

/** Milliseconds that a frame waits for missing parts, which a file delivers within one or two: better one change on the screen than two. */
const grace = 6;

/**
Draws one frame for all changes of a moment.

@param isComplete Whether the frame has everything that will arrive within a moment.
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
