import {cp, mkdtemp, rm, symlink, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {packageFile} from '../../package-file.js';
import {addonFiles} from '../../runtimes/tfjs/addon.js';
import {bindingGyp, tensorflowLink} from './binding-gyp.js';
import {type Outcome, runProcess} from './run-process.js';
import type {Toolchain} from './toolchain.js';

/** Our part of the addon. */
const ownSources = packageFile('native/tensorflow');

/** What to build, from what, and where to put it. */
export type Compilation = {
	/** The folder of the npm package, whose C++ is compiled. */
	readonly packageFolder: string;
	/** The folder of TensorFlow. */
	readonly tensorflow: string;
	readonly toolchain: Toolchain;
	/** An existing folder for the result. */
	readonly target: string;
	readonly signal: AbortSignal;
};

/** Builds the addon in a temporary folder, and copies it to its target if all went well. */
export const compile = async ({
	packageFolder,
	tensorflow,
	toolchain: {nodeGyp, headers},
	target,
	signal,
}: Compilation): Promise<Outcome> => {
	const folder = await mkdtemp(path.join(tmpdir(), 'gradcam-tui-'));
	try {
		await cp(ownSources, folder, {recursive: true});
		await cp(
			path.join(packageFolder, 'binding'),
			path.join(folder, 'binding'),
			{recursive: true},
		);
		await symlink(tensorflow, path.join(folder, tensorflowLink));
		await writeFile(
			path.join(folder, 'binding.gyp'),
			JSON.stringify(bindingGyp(tensorflow)),
		);
		const outcome = await runProcess(
			process.execPath,
			[nodeGyp, 'rebuild', '--jobs=max', `--nodedir=${headers}`],
			{cwd: folder, signal},
		);
		if (outcome.isSuccess) {
			for (const file of [addonFiles.entry, addonFiles.binding]) {
				// eslint-disable-next-line no-await-in-loop -- two files
				await cp(
					path.join(folder, 'build/Release', file),
					path.join(target, file),
				);
			}
		}

		return outcome;
	} finally {
		await rm(folder, {recursive: true, force: true});
	}
};
