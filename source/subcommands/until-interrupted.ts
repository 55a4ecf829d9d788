import process from 'node:process';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
Runs work that Ctrl-C, a request to end or a dropped link stops in an orderly way. A second Ctrl-C ends the program at once.

@param work Is given the signal that stops it, and throws the signal's reason then, once it has cleaned up.
@returns The exit code that stands for the interruption; undefined where the work came to its end.
*/
export const untilInterrupted = async (
	work: (signal: AbortSignal) => Promise<void>,
): Promise<number | undefined> => {
	const controller = new AbortController();
	let exitCode: number | undefined;
	const interrupt = (_name: NodeJS.Signals, number: number) => {
		// What shells report for a program that a signal ended.
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
