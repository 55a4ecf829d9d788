import process from 'node:process';
import {cacheDirectory} from '../../data/cache-directory.js';
import {runtimes, selectRuntime} from '../../runtimes/select.js';
import type {Io} from '../subcommand.js';
import {type RuntimeReport, tryRuntime} from './runtimes.js';
import {examineTerminal, type TerminalReport} from './terminal.js';
import {readVersions, type Versions} from './versions.js';

/** All that `gradcam-tui doctor` finds out. */
export type Report = {
	readonly versions: Versions;
	/** "linux x64" */
	readonly platform: string;
	/** The fastest first. */
	readonly runtimes: readonly RuntimeReport[];
	/** The runtime that `--runtime auto` takes, and why. */
	readonly auto: {readonly name: string; readonly reason: string};
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
		reports.push(await tryRuntime(factory));
	}

	const {runtime, reason} = await selectRuntime('auto');
	const auto = {name: runtime.name, reason};
	await runtime.dispose();
	return {
		versions: readVersions(),
		platform: `${process.platform} ${process.arch}`,
		runtimes: reports,
		auto,
		terminal,
		cache: cacheDirectory(),
	};
};
