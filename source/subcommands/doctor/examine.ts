import process from 'node:process';
import {cacheDirectory} from '../../data/cache-directory.js';
import {type Choice, chooseRuntime} from '../../runtimes/choose.js';
import {runtimes} from '../../runtimes/select.js';
import type {Io} from '../command-line/subcommand.js';
import {examineRuntime, type RuntimeReport} from './runtimes.js';
import {examineTerminal, type TerminalReport} from './terminal.js';
import {readVersions, type Versions} from './versions.js';

/** All that `gradcam-tui doctor` finds out. */
export type Report = {
	readonly versions: Versions;
	/** "linux x64" */
	readonly platform: string;
	/** The fastest first. */
	readonly runtimes: readonly RuntimeReport[];
	/** The runtime that `--runtime auto` takes; absent where none works. */
	readonly auto: Choice | undefined;
	readonly terminal: TerminalReport;
	/** Where files are kept that can be made again. */
	readonly cache: string;
};

/** Tries everything that depends on the machine. */
export const examine = async (io: Io): Promise<Report> => {
	const terminal = await examineTerminal(io);
	const reports: RuntimeReport[] = [];
	for (const factory of runtimes) {
		// eslint-disable-next-line no-await-in-loop -- two at once would spoil each other's times
		reports.push(await examineRuntime(factory));
	}

	return {
		versions: readVersions(),
		platform: `${process.platform} ${process.arch}`,
		runtimes: reports,
		auto: chooseRuntime(reports),
		terminal,
		cache: cacheDirectory(),
	};
};
