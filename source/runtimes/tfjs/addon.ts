import {existsSync, readFileSync} from 'node:fs';
import path from 'node:path';
import envPaths from 'env-paths';

/** The two packages with TensorFlow's kernels, which differ only in name. */
export type TensorflowPackage = 'tfjs-node' | 'tfjs-node-gpu';

/** What `gradcam-tui setup tensorflow` built an addon from. */
export type Addon = {
	/** The folder of the npm package, which stays untouched. */
	readonly package: string;
	/** The folder of TensorFlow's libraries. */
	readonly tensorflow: string;
};

/** File names in an addon's folder. */
export const addonFiles = {
	/** What Node loads. */
	entry: 'quiet_load.node',
	/** The code of tfjs-node itself, linked to TensorFlow; loaded by the former, with logging silenced. */
	binding: 'tfjs_binding.node',
	record: 'addon.json',
} as const;

/** The user's folder for a package's addon; not in node_modules, which may be read-only and which npm empties. */
export const addonFolder = (name: TensorflowPackage): string =>
	path.join(envPaths('gradcam-tui', {suffix: ''}).data, name);

/**
Checks whether a package can be loaded: as npm installed it, or with the addon in a folder.

@throws {Error} If it cannot.
*/
export const checkInstalled = (
	name: TensorflowPackage,
	folder: string,
): void => {
	const addon = readAddon(folder);
	if (addon) {
		const missing = [addon.package, addon.tensorflow].find(
			(part) => !existsSync(part),
		);
		if (missing !== undefined) {
			throw new Error(
				`@tensorflow/${name} was built with ${missing}, which is gone`,
			);
		}

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
