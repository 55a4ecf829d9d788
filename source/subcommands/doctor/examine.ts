import process from 'node:process';
import {cacheDirectory} from '../../data/cache-directory.js';
import {type Choice, chooseRuntime} from '../../runtimes/choose.js';
import {runtimes} from '../../runtimes/select.js';
import type {Io} from '../command-line/subcommand.js';
import {examineRuntime, type RuntimeReport} from './runtimes.js';
import {examineTerminal, type TerminalReport} from './terminal.js';
import {readVersions, type Versions} from './versions.js';

/** Everything `gradcam-tui doctor` reports. */
export type Report = {
	readonly versions: Versions;
	/** "linux x64" */
	readonly platform: string;
	/** Fastest first. */
	readonly runtimes: readonly RuntimeReport[];
	/** The runtime that `--runtime auto` picks; absent if none works. */
	readonly auto: Choice | undefined;
	readonly terminal: TerminalReport;
	/** The cache folder. */
	readonly cache: string;
};

/** Examines the machine: runtimes, terminal, versions. */
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
