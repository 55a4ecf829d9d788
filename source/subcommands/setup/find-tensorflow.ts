import {existsSync, readdirSync} from 'node:fs';
import path from 'node:path';
import {UsageError} from '../../errors.js';
import {runProcess} from './run-process.js';

/** A TensorFlow to link an addon to. */
export type Tensorflow = {
	/** With libtensorflow_cc.so.2, libtensorflow_framework.so.2 and include/. */
	readonly folder: string;
	/** Its name, with the version if pip installed it: "TensorFlow 2.21.0". */
	readonly title: string;
};

/** The first and the last minor version. All between pass the conformance tests (`TENSORFLOW_VERSION=… test/tensorflow/run.sh`); newer ones are tried. Before 2.15 the library does not export absl::SetMinLogLevel (native/tensorflow/settings.cc), or has no absl/log at all. */
export const testedVersions = '2.15 to 2.21';
const oldestMinor = 15;

const libraries = ['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2'];
const parts = [...libraries, 'include/tensorflow/c/eager/c_api.h'];

/** Where Python would import TensorFlow from. Importing it would take seconds and tell no more. */
const question = String.raw`import importlib.util as i; s = i.find_spec('tensorflow'); print(*(s.submodule_search_locations if s else ()), sep='\n')`;

/** Pip records the version beside the package: `tensorflow_cpu-2.21.0.dist-info`. */
const distribution =
	/^(?:tensorflow|tf_nightly|intel_tensorflow)(?:_\w+)?-(?<version>\d[\w.]*)\.dist-info$/v;

const versionOf = (folder: string): string | undefined =>
	readdirSync(path.dirname(folder))
		.map((name) => distribution.exec(name)?.groups?.version)
		.find((version) => version !== undefined);

const isTooOld = (version: string): boolean => {
	const [major, minor] = version.split('.').map(Number);
	return major < 2 || (major === 2 && minor < oldestMinor);
};

const askPython = async (
	python: string,
	pip: string,
	signal: AbortSignal,
): Promise<string> => {
	const {isSuccess, stdout, stderr} = await runProcess(
		python,
		['-c', question],
		{signal},
	);
	if (!isSuccess) {
		throw new UsageError(
			`The Python "${python}" does not run (${stderr.trim().split('\n').at(-1)}); name one with --python, or the folder of TensorFlow with --from`,
		);
	}

	const folder = stdout.trim();
	if (folder === '') {
		throw new UsageError(
			`The Python "${python}" has no TensorFlow; install it (pip install ${pip}), or name another Python with --python`,
		);
	}

	return folder.split('\n', 1)[0];
};

/**
Finds TensorFlow's libraries and headers.

@param from Its folder, or the one above; if left out, Python is asked.
@param pip The package to install where there is none.
@throws {UsageError} If there is none, a part is missing, or it is too old.
*/
export const findTensorflow = async (
	{
		python = 'python3',
		from,
		pip,
	}: {
		readonly python?: string | undefined;
		readonly from?: string | undefined;
		readonly pip: string;
	},
	signal: AbortSignal,
): Promise<Tensorflow> => {
	const named = from ?? (await askPython(python, pip, signal));
	const folder = path.resolve(
		[named, path.join(named, 'tensorflow')].find((each) =>
			existsSync(path.join(each, libraries[0])),
		) ?? named,
	);
	const missing = parts.find((part) => !existsSync(path.join(folder, part)));
	if (missing !== undefined) {
		throw new UsageError(
			`There is no ${missing} in "${folder}"; install TensorFlow with pip (${testedVersions} work), or name its folder with --from`,
		);
	}

	const version = versionOf(folder);
	if (version === undefined) {
		return {folder, title: 'TensorFlow'};
	}

	if (isTooOld(version)) {
		throw new UsageError(
			`TensorFlow ${version} in "${folder}" is too old (${testedVersions} work); upgrade it: pip install --upgrade tensorflow`,
		);
	}

	return {folder, title: `TensorFlow ${version}`};
};
