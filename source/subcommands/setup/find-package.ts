import {readFileSync, realpathSync} from 'node:fs';
import {createRequire} from 'node:module';
import path from 'node:path';
import process from 'node:process';
import {UsageError} from '../../errors.js';
import type {TensorflowPackage} from '../../runtimes/tfjs/addon.js';
import {npmFolder} from './npm-folder.js';

/** An npm package that is installed. */
export type InstalledPackage = {
	readonly folder: string;
	readonly version: string;
};

/** Where to search from: this program, the current folder, and what is installed globally. */
const origins = (): string[] => {
	const npm = npmFolder();
	return [
		import.meta.filename,
		path.resolve('package.json'),
		path.join(path.dirname(process.execPath), '../lib/package.json'),
		...(npm === undefined ? [] : [path.join(npm, '../../package.json')]),
	];
};

/** Finds the package, wherever npm put it. @throws {UsageError} If it is not installed. */
export const findPackage = (name: TensorflowPackage): InstalledPackage => {
	for (const origin of origins()) {
		let manifest: string;
		try {
			manifest = createRequire(origin).resolve(
				`@tensorflow/${name}/package.json`,
			);
		} catch {
			continue;
		}

		// eslint-disable-next-line @typescript-eslint/no-unsafe-type-assertion -- every manifest has a version
		const {version} = JSON.parse(readFileSync(manifest, 'utf8')) as {
			version: string;
		};
		return {folder: realpathSync(path.dirname(manifest)), version};
	}

	throw new UsageError(
		`@tensorflow/${name} is not installed; install it beside gradcam-tui, without the script that downloads an old TensorFlow: npm install --ignore-scripts @tensorflow/${name}@4`,
	);
};
