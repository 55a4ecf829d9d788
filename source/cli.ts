#!/usr/bin/env node
import {existsSync} from 'node:fs';
import process from 'node:process';
import {styleText} from 'node:util';
import {ModelError, UsageError} from './errors.js';
import {renderHelp} from './subcommands/command-line/help.js';
import * as subcommands from './subcommands/index.js';
import {parseFlags} from './subcommands/command-line/parse-flags.js';
import {
	kebabCase,
	type Subcommand,
} from './subcommands/command-line/subcommand.js';
import {nearestName, stripControl} from './text.js';
import {readVersion} from './version.js';

const commonFlags = {
	help: {type: 'boolean', shortFlag: 'h', description: 'Show this help'},
	version: {type: 'boolean', description: 'Show the version'},
} as const;

const defaultName: keyof typeof subcommands = 'explore';

/** Every subcommand, by its name on the command line. */
const table = new Map<string, Subcommand>(
	Object.entries(subcommands).map(([name, definition]) => [
		kebabCase(name),
		definition,
	]),
);

const help = (name: string) => {
	const definition = table.get(name)!;
	if (name !== defaultName) {
		return renderHelp({name, definition}, commonFlags);
	}

	const others = [...table]
		.filter(([other]) => other !== defaultName)
		.map(([name, definition]) => ({name, definition}));
	return renderHelp({name: '', definition}, commonFlags, others);
};

const hintAt = (word: string): string => {
	if (table.has(word)) {
		return `write the subcommand first: gradcam-tui ${word}`;
	}

	const nearest = nearestName(word, [...table.keys()]);
	return nearest === undefined
		? 'gradcam-tui --help lists the subcommands'
		: `did you mean ${nearest}?`;
};

/** Refuses a word that was probably meant as a subcommand: it looks like one, and no file has this name. */
const checkImageName = (word: string | undefined) => {
	if (
		word !== undefined &&
		/^[a-z][a-z\-]*$/v.test(word) &&
		!existsSync(word)
	) {
		throw new UsageError(
			`"${word}" is neither an image nor a subcommand; ${hintAt(word)}`,
		);
	}
};

const main = async (argv: readonly string[]): Promise<number> => {
	const isNamed = argv[0] !== undefined && table.has(argv[0]);
	const name = isNamed ? argv[0] : defaultName;
	const rest = isNamed ? argv.slice(1) : argv;
	const definition = table.get(name)!;
	const {stdin, stdout, stderr, env} = process;

	const options = new Set(
		rest.slice(0, rest.includes('--') ? rest.indexOf('--') : undefined),
	);
	if (options.has('--help') || options.has('-h')) {
		stdout.write(`${help(name)}\n`);
		return 0;
	}

	if (options.has('--version')) {
		stdout.write(`${readVersion()}\n`);
		return 0;
	}

	const {input, flags} = parseFlags(rest, {
		...definition.flags,
		...commonFlags,
	});
	if (!isNamed) {
		checkImageName(input[0]);
	}

	return (
		(await definition.run(input, flags, {stdin, stdout, stderr, env})) ?? 0
	);
};

/** An error for stderr: one line where the user or the model is at fault, the stack where we are. */
const explainError = (error: unknown): {code: number; text: string} => {
	const label = styleText('red', 'error', {stream: process.stderr});
	if (error instanceof UsageError || error instanceof ModelError) {
		return {
			code: error instanceof UsageError ? 2 : 1,
			text: `${label}: ${stripControl(error.message)}`,
		};
	}

	// Files that the program writes itself are named where they are written: this is stdout, redirected to a file.
	if (error instanceof Error && 'code' in error && error.code === 'ENOSPC') {
		return {
			code: 2,
			text: `${label}: The output cannot be written: the disk is full; free some space or send it elsewhere`,
		};
	}

	const stack =
		error instanceof Error ? (error.stack ?? error.message) : String(error);
	return {
		code: 1,
		text: `${label}: this is a bug in gradcam-tui ${readVersion()}; please report it with these lines and the command\n${stack}`,
	};
};

/** Ends the program. The text is written after all other exit handlers, since the explorer's restores the terminal. */
const fail = (error: unknown) => {
	const {code, text} = explainError(error);
	process.once('exit', () => {
		process.stderr.write(`${text}\n`);
	});
	process.exit(code);
};

for (const stream of [process.stdout, process.stderr]) {
	stream.on('error', (error: NodeJS.ErrnoException) => {
		// The reader, such as `head`, has closed the pipe.
		if (error.code === 'EPIPE') {
			process.exit(0);
		}

		fail(error);
	});
}

process.on('uncaughtException', fail);

try {
	process.exitCode = await main(process.argv.slice(2));
} catch (error) {
	fail(error);
}
