import {parseFlags} from '../../source/subcommands/command-line/parse-flags.js';
import type {
	Flags,
	Io,
	Subcommand,
} from '../../source/subcommands/command-line/subcommand.js';

/** Runs a subcommand in this process, and answers what it printed and its exit code. */
export const run = async <F extends Flags>(
	definition: Subcommand<F>,
	...argv: readonly string[]
) => {
	const {input, flags} = parseFlags(argv, definition.flags);
	const printed = {stdout: '', stderr: ''};
	const stream = (name: keyof typeof printed) => ({
		write(text: string) {
			printed[name] += text;
		},
	});
	// eslint-disable-next-line @typescript-eslint/no-unsafe-type-assertion -- what is run here only writes
	const io = {
		stdout: stream('stdout'),
		stderr: stream('stderr'),
		env: {},
	} as unknown as Io;
	const exitCode = (await definition.run(input, flags, io)) ?? 0;
	return {...printed, exitCode};
};
