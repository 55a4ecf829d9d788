import {existsSync, readFileSync} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {fileURLToPath} from 'node:url';
import {readVersion} from '../../version.js';

/** Installed versions, by name. */
export type Versions = Readonly<Record<string, string>>;

const packages = [
	'sharp',
	'@tensorflow/tfjs-core',
	'onnxruntime-node',
] as const;

/** The version of a package, from the package.json above its entry point; undefined if it is not installed. */
const versionOf = (name: string): string | undefined => {
	let folder: string;
	try {
		folder = path.dirname(fileURLToPath(import.meta.resolve(name)));
	} catch {
		return undefined;
	}

	while (path.basename(folder) !== 'node_modules') {
		const file = path.join(folder, 'package.json');
		const manifest: unknown = existsSync(file)
			? JSON.parse(readFileSync(file, 'utf8'))
			: undefined;
		const {name: found, version} = new Object(manifest) as {
			name?: unknown;
			version?: unknown;
		};
		if (found === name) {
			return String(version);
		}

		if (folder === path.dirname(folder)) {
			return undefined;
		}

		folder = path.dirname(folder);
	}

	return undefined;
};

/** The versions of this program, of Node, and of the packages that do the heavy work. */
export const readVersions = (): Versions => ({
	'gradcam-tui': readVersion(),
	node: process.versions.node,
	...Object.fromEntries(
		packages.flatMap((name) => {
			const version = versionOf(name);
			return version === undefined ? [] : [[name, version]];
		}),
	),
});
