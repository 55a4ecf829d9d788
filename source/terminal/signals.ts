import process from 'node:process';

/** Signals that end the program. */
const deadly = ['SIGHUP', 'SIGINT', 'SIGTERM'] as const;

/** Milliseconds after a stop request without effect, which means that no shell is there to resume the program. */
const stopTime = 200;

/** What happens to the terminal around a signal. */
export type SignalOptions = {
	/** Takes the terminal over, or takes it back. */
	readonly enter: () => void;
	/** Restores the terminal; harmless when repeated. */
	readonly leave: () => void;
	/** Called before the program ends by a signal or a dropped link. */
	readonly onHangup: () => void;
};

/** The control of signals, until it is released. */
export type SignalHandling = {
	/** Suspends the program like Ctrl-Z, with the terminal restored meanwhile. */
	readonly suspend: () => void;
	/** Ends the program like a dropped link. */
	readonly hangUp: () => void;
	/** Hands signals back to Node. */
	readonly release: () => void;
};

/** Restores the terminal on every way out that is not the program's own, and while it is suspended. */
export const catchSignals = ({
	enter,
	leave,
	onHangup,
}: SignalOptions): SignalHandling => {
	let isSuspended = false;
	let isEnding = false;

	const end = (signal: NodeJS.Signals): void => {
		// A dropped link shows as a signal, an end and an error of the input, in any order.
		if (isEnding) {
			return;
		}

		isEnding = true;
		release();
		try {
			onHangup();
		} finally {
			leave();
			// Dies of the same signal, so that a waiting parent sees it.
			process.kill(process.pid, signal);
		}
	};

	const resume = (): void => {
		isSuspended = false;
		process.off('SIGTSTP', suspend).on('SIGTSTP', suspend);
		enter();
	};

	const suspend = (): void => {
		leave();
		isSuspended = true;
		process.off('SIGTSTP', suspend);
		// Stops the whole job, as the terminal does: what started this program must stop too.
		process.kill(0, 'SIGTSTP');
		setTimeout(() => {
			if (isSuspended) {
				resume();
			}
		}, stopTime);
	};

	const hangUp = (): void => {
		end('SIGHUP');
	};

	const release = (): void => {
		for (const signal of deadly) {
			process.off(signal, end);
		}

		process
			.off('SIGTSTP', suspend)
			.off('SIGCONT', resume)
			.off('uncaughtExceptionMonitor', leave)
			.off('exit', leave);
	};

	for (const signal of deadly) {
		process.on(signal, end);
	}

	process
		.on('SIGTSTP', suspend)
		.on('SIGCONT', resume)
		.on('uncaughtExceptionMonitor', leave)
		.on('exit', leave);
	return {suspend, hangUp, release};
};
