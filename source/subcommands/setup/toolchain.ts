import {existsSync} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {UsageError} from '../../errors.js';
import {findOnPath, npmFolder} from './npm-folder.js';

/** The tools that compile an addon. */
export type Toolchain = {
	/** Node-gyp's own script. */
	readonly nodeGyp: string;
	/** The folder whose include/node has the headers of the running Node. */
	readonly headers: string;
};

const packages: Readonly<Record<string, string>> = {
	'c++': 'build-essential',
	make: 'build-essential',
	python3: 'python3',
};

const checkPrograms = (): void => {
	const compiler = process.env.CXX ?? 'c++';
	const missing = [compiler, 'make', 'python3'].find(
		(name) => !existsSync(name) && findOnPath(name) === undefined,
	);
	if (missing !== undefined) {
		throw new UsageError(
			`There is no ${missing}, which compiling needs; install it (Debian, Ubuntu: apt install ${packages[missing] ?? 'build-essential'})`,
		);
	}
};

/** Finds node-gyp, which comes with npm. */
const findNodeGyp = (): string => {
	const folders = [
		npmFolder(),
		path.join(path.dirname(process.execPath), '../lib/node_modules/npm'),
	];
	const script = folders
		.filter((folder) => folder !== undefined)
		.map((npm) => path.join(npm, 'node_modules/node-gyp/bin/node-gyp.js'))
		.find((file) => existsSync(file));
	if (script === undefined) {
		throw new UsageError(
			'There is no node-gyp, since no npm is on the PATH; install npm',
		);
	}

	return script;
};

/**
Finds a Node's headers: beside it, or the system's. The addon only uses Node-API, which is the same in every version.

@throws {UsageError} If there are none; node-gyp would have to download them.
*/
export const findHeaders = (
	node: string,
	shared: readonly string[] = ['/usr', '/usr/local'],
): string => {
	const folder = [path.resolve(node, '../..'), ...shared].find((each) =>
		existsSync(path.join(each, 'include/node/node_api.h')),
	);
	if (folder === undefined) {
		throw new UsageError(
			`The Node at "${node}" has no headers beside it; install them (Debian, Ubuntu: apt install libnode-dev), or use the Node from nodejs.org`,
		);
	}

	return folder;
};

/** Finds everything that compiling needs, without downloading. @throws {UsageError} If something is missing. */
export const findToolchain = (): Toolchain => {
	checkPrograms();
	return {nodeGyp: findNodeGyp(), headers: findHeaders(process.execPath)};
};
