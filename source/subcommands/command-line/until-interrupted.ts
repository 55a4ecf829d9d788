import process from 'node:process';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
Runs work that can be stopped cleanly by Ctrl-C, a termination request or a dropped connection. A second Ctrl-C ends the program at once.

@param work Gets the signal that stops it; it then cleans up and throws the signal's reason.
@returns The exit code of the interruption; undefined if the work was finished.
*/
export const untilInterrupted = async (
	work: (signal: AbortSignal) => Promise<void>,
): Promise<number | undefined> => {
	const controller = new AbortController();
	let exitCode: number | undefined;
	const interrupt = (_name: NodeJS.Signals, number: number) => {
		// The exit codes that shells report for signals.
		exitCode = 128 + number;
		controller.abort();
	};

	for (const name of signals) {
		process.once(name, interrupt);
	}

	try {
		await work(controller.signal);
		return undefined;
	} catch (error) {
		if (controller.signal.aborted && error === controller.signal.reason) {
			return exitCode;
		}

		throw error;
	} finally {
		for (const name of signals) {
			process.off(name, interrupt);
		}
	}
};
