import process from 'node:process';

/** Signals that end the program. */
const deadly = ['SIGHUP', 'SIGINT', 'SIGTERM'] as const;

/** Milliseconds after which a program that asked to be stopped knows that there is no shell to stop it for. */
const stopTime = 200;

/** What is done with the terminal around a signal. */
export type SignalOptions = {
	/** Takes the terminal over, the first time or again. */
	readonly enter: () => void;
	/** Gives the terminal back; called more than once does no harm. */
	readonly leave: () => void;
	/** Called before the program ends by a signal or a dropped link. */
	readonly onHangup: () => void;
};

/** What the program asks of its signals, until it leaves them. */
export type SignalHandling = {
	/** Stops the program as Ctrl-Z does, with the terminal given back until it goes on. */
	readonly suspend: () => void;
	/** Ends the program as a dropped link does. */
	readonly hangUp: () => void;
	/** Leaves signals to Node again. */
	readonly release: () => void;
};

/** Gives the terminal back on every way out that isn't the program's own, and while it is suspended. */
export const catchSignals = ({
	enter,
	leave,
	onHangup,
}: SignalOptions): SignalHandling => {
	let isSuspended = false;
	let isEnding = false;

	const end = (signal: NodeJS.Signals): void => {
		// A link that drops is a signal, an end and an error of the input in no certain order.
		if (isEnding) {
			return;
		}

		isEnding = true;
		release();
		try {
			onHangup();
		} finally {
			leave();
			// Whoever waits for this program should see what ended it.
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
		// The whole job, as the terminal does it: what started this program must stop too.
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
