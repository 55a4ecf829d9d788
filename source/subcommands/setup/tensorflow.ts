import {existsSync, renameSync, rmSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {makeFolder} from '../../data/output-file.js';
import {UsageError} from '../../errors.js';
import {packageFile} from '../../package-file.js';
import {
	type Addon,
	addonFiles,
	addonFolder,
	type TensorflowPackage,
} from '../../runtimes/tfjs/addon.js';
import {stripControl} from '../../text.js';
import {compile} from './compile.js';
import {findPackage} from './find-package.js';
import {findTensorflow, testedVersions} from './find-tensorflow.js';
import {type Outcome, runProcess} from './run-process.js';
import {findToolchain} from './toolchain.js';

/** What to set up, from where, and how to report. */
export type SetupOptions = {
	readonly name: TensorflowPackage;
	readonly python?: string;
	readonly from?: string;
	readonly signal: AbortSignal;
	readonly say: (line: string) => void;
};

/** What the addon reports when it is tried. */
type Trial = {readonly description: string; readonly hasGpu: boolean};

/** What brings a TensorFlow that suits, as a shell takes it. */
const pipPackages: Readonly<Record<TensorflowPackage, string>> = {
	'tfjs-node': 'tensorflow-cpu',
	'tfjs-node-gpu': "'tensorflow[and-cuda]'",
};

/** The compiled script, even when this module runs from source/: Node cannot run TypeScript. */
const trialScript = packageFile('build/runtimes/tfjs/try-addon.js');

/** The line that says why: the compiler's first error, or the last line. */
const reasonOf = ({stderr, stdout}: Outcome): string => {
	const lines = `${stdout}\n${stderr}`
		.split('\n')
		.map((line) => line.trim())
		.filter((line) => line !== '' && !line.startsWith('gyp info'));
	const reason =
		lines.find((line) =>
			/\berror: |undefined symbol|cannot open/v.test(line),
		) ??
		lines.at(-1) ??
		'it ended without a word';
	return stripControl(reason);
};

const failure = (what: string, outcome: Outcome) =>
	new UsageError(
		`${what} (${reasonOf(outcome)}); install one that works (${testedVersions}: pip install tensorflow), or use --runtime onnxruntime`,
	);

/** Replaces the old folder with the new one; signals wait meanwhile. */
const replace = (folder: string, staging: string): void => {
	const old = `${staging}-old`;
	if (existsSync(folder)) {
		renameSync(folder, old);
	}

	renameSync(staging, folder);
	rmSync(old, {recursive: true, force: true});
};

/**
Builds tfjs-node's addon against this machine's TensorFlow, tries it, and puts it where the runtimes look for it. An earlier addon stays until the new one works.

@throws {UsageError} If a part is missing, or TensorFlow does not fit.
*/
export const setupTensorflow = async ({
	name,
	python,
	from,
	signal,
	say,
}: SetupOptions): Promise<void> => {
	if (process.platform !== 'linux') {
		throw new UsageError(
			`TensorFlow can be set up on Linux, not on ${process.platform}; use --runtime onnxruntime`,
		);
	}

	const {folder: tensorflow, title} = await findTensorflow(
		{python, from, pip: pipPackages[name]},
		signal,
	);
	say(`${title}: ${tensorflow}`);
	const {folder: packageFolder, version: packageVersion} = findPackage(name);
	say(`@tensorflow/${name} ${packageVersion}: ${packageFolder}`);
	const toolchain = findToolchain();
	say(`Node's headers: ${path.join(toolchain.headers, 'include/node')}`);

	const folder = addonFolder(name);
	const staging = `${folder}.new-${process.pid}`;
	makeFolder(staging);
	try {
		say('Compiling, which takes about half a minute …');
		const compiled = await compile({
			packageFolder,
			tensorflow,
			toolchain,
			target: staging,
			signal,
		});
		if (!compiled.isSuccess) {
			throw failure(`The addon does not compile with ${title}`, compiled);
		}

		const addon: Addon = {package: packageFolder, tensorflow};
		writeFileSync(
			path.join(staging, addonFiles.record),
			JSON.stringify(addon, undefined, '\t'),
		);
		const tried = await runProcess(
			process.execPath,
			[trialScript, name, staging],
			{signal},
		);
		if (!tried.isSuccess) {
			throw failure(`The addon does not run with ${title}`, tried);
		}

		replace(folder, staging);
		say(`Addon: ${folder}`);
		// eslint-disable-next-line @typescript-eslint/no-unsafe-type-assertion -- printed by the script
		const {description, hasGpu} = JSON.parse(tried.stdout) as Trial;
		say(
			`The self-test passed on ${description}; use it with --runtime ${name}${hasGpu && name === 'tfjs-node-gpu' ? ' or auto' : ''}.`,
		);
	} finally {
		rmSync(staging, {recursive: true, force: true});
	}
};
