import {createRequire} from 'node:module';
import path from 'node:path';
import process from 'node:process';
import util from 'node:util';
import * as tf from '@tensorflow/tfjs-core';
import {stripControl} from '../../text.js';
import {
	type Addon,
	addonFiles,
	readAddon,
	type TensorflowPackage,
} from './addon.js';

/** The module that tfjs-node asks for the path of its addon. */
type AddonFinder = {find: (manifest: string) => string};

/** Restores two functions that Node 23 removed and tfjs-node still calls. */
const restoreUtil = (): void => {
	const restored = {
		isNullOrUndefined: (value: unknown) =>
			value === null || value === undefined,
		isArray: Array.isArray,
	};
	// Assigned without a check: reading the old ones prints a warning where they still exist.
	Object.assign(util, restored);
};

/** Loads the package with the addon built for it, in place of the one its installer would have downloaded. */
const requireWith = (addon: Addon, folder: string): typeof tf => {
	const require = createRequire(path.join(addon.package, 'package.json'));
	const finderModule = '@mapbox/node-pre-gyp/lib/pre-binding.js';
	// eslint-disable-next-line @typescript-eslint/no-unsafe-type-assertion -- a CommonJS module without types
	const finder = require(finderModule) as AddonFinder;
	const {find} = finder;
	finder.find = () => path.join(folder, addonFiles.entry);
	try {
		// eslint-disable-next-line @typescript-eslint/no-unsafe-type-assertion -- it is TensorFlow.js with one backend more
		return require(addon.package) as typeof tf;
	} finally {
		finder.find = find;
	}
};

const importAsInstalled = async (specifier: string): Promise<typeof tf> => {
	// TensorFlow writes to stderr by itself, in the middle of the screen; level 3 leaves only fatal errors.
	process.env.TF_CPP_MIN_LOG_LEVEL ??= '3';
	// Newer GPUs would round the factors of products and convolutions to TF32, ten bits behind the point.
	process.env.NVIDIA_TF32_OVERRIDE ??= '0';
	// eslint-disable-next-line @typescript-eslint/no-unsafe-type-assertion -- an optional peer has no types at hand
	const loaded = (await import(specifier)) as {default: typeof tf};
	return loaded.default;
};

/** Silences warnings about deprecated parts of Node in the packages, which users can do nothing about. */
const withoutDeprecations = async <Result>(
	load: () => Promise<Result>,
): Promise<Result> => {
	const {noDeprecation} = process;
	process.noDeprecation = true;
	try {
		return await load();
	} finally {
		process.noDeprecation = noDeprecation;
	}
};

/**
Loads TensorFlow.js with TensorFlow's own kernels.

@param folder The folder of the package's addon, if one was built; otherwise the package is loaded as installed.
@throws {Error} whose message is one line, with TensorFlow's own words as its cause.
*/
export const loadTensorflow = async (
	name: TensorflowPackage,
	folder: string,
): Promise<typeof tf> => {
	const specifier = `@tensorflow/${name}`;
	restoreUtil();
	// It would warn about the WebAssembly backend in the same process.
	tf.enableProdMode();
	try {
		const addon = readAddon(folder);
		return await withoutDeprecations(async () =>
			addon ? requireWith(addon, folder) : importAsInstalled(specifier),
		);
	} catch (error) {
		const [reason] = (
			error instanceof Error ? error.message : String(error)
		).split('\n', 1);
		throw new Error(
			`${specifier} is installed, but its TensorFlow does not load (${stripControl(reason)})`,
			{cause: error},
		);
	}
};
