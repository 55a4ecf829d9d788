import {existsSync, readFileSync} from 'node:fs';
import path from 'node:path';
import envPaths from 'env-paths';

/** The two packages that bring TensorFlow's kernels; they differ in nothing but their names. */
export type TensorflowPackage = 'tfjs-node' | 'tfjs-node-gpu';

/** What an addon that `gradcam-tui setup tensorflow` built was built from. */
export type Addon = {
	/** The folder of the npm package, which is left as npm made it. */
	readonly package: string;
	/** The folder of TensorFlow's libraries. */
	readonly tensorflow: string;
};

/** The names of files in an addon's folder. */
export const addonFiles = {
	/** What Node loads. */
	entry: 'quiet_load.node',
	/** What that loads, in silence: tfjs-node's own code, linked to TensorFlow. */
	binding: 'tfjs_binding.node',
	record: 'addon.json',
} as const;

/** Where a package's addon is kept, for this user: not in node_modules, which may be read-only and which npm empties. */
export const addonFolder = (name: TensorflowPackage): string =>
	path.join(envPaths('gradcam-tui', {suffix: ''}).data, name);

/**
Looks whether a package can be loaded: as npm installed it, or with the addon that was built in a folder.

@throws {Error} Where it cannot.
*/
export const checkInstalled = (
	name: TensorflowPackage,
	folder: string,
): void => {
	if (readAddon(folder)) {
		return;
	}

	try {
		import.meta.resolve(`@tensorflow/${name}`);
	} catch {
		throw new Error(`@tensorflow/${name} is not installed`);
	}
};

/** The addon in a folder, if one was built. */
export const readAddon = (folder: string): Addon | undefined => {
	const file = path.join(folder, addonFiles.record);
	return existsSync(file)
		? // eslint-disable-next-line @typescript-eslint/no-unsafe-type-assertion -- written by setup, and moved here whole
			(JSON.parse(readFileSync(file, 'utf8')) as Addon)
		: undefined;
};
