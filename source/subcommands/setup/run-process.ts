import {spawn} from 'node:child_process';
import {once} from 'node:events';
import process from 'node:process';
import {text} from 'node:stream/consumers';

/** How a program ended. */
export type Outcome = {
	readonly isSuccess: boolean;
	readonly stdout: string;
	readonly stderr: string;
};

/**
Runs a program to its end, without input. If it cannot be started, the reason is its stderr.

@param options.signal Ends the program and everything it has started.
@throws {Error} The signal's reason.
*/
export const runProcess = async (
	command: string,
	parameters: readonly string[],
	options: {readonly signal: AbortSignal; readonly cwd?: string},
): Promise<Outcome> => {
	const {signal, cwd} = options;
	signal.throwIfAborted();
	const child = spawn(command, parameters, {
		cwd,
		stdio: ['ignore', 'pipe', 'pipe'],
		// A group of its own, so that compilers end together with the one that started them.
		detached: true,
	});
	const end = () => {
		if (child.pid !== undefined && child.exitCode === null) {
			process.kill(-child.pid, 'SIGTERM');
		}
	};

	signal.addEventListener('abort', end);
	try {
		const [stdout, stderr] = await Promise.all([
			text(child.stdout),
			text(child.stderr),
			once(child, 'close'),
		]);
		return {isSuccess: child.exitCode === 0, stdout, stderr};
	} catch (error) {
		return {
			isSuccess: false,
			stdout: '',
			stderr: error instanceof Error ? error.message : String(error),
		};
	} finally {
		signal.removeEventListener('abort', end);
		signal.throwIfAborted();
	}
};
