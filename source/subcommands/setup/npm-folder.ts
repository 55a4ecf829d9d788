import {existsSync, realpathSync} from 'node:fs';
import path from 'node:path';
import process from 'node:process';

/** Finds a program on the PATH; undefined if it is not there. */
export const findOnPath = (name: string): string | undefined =>
	(process.env.PATH ?? '')
		.split(path.delimiter)
		.map((folder) => path.join(folder, name))
		.find((file) => existsSync(file));

/** The folder of npm itself, found through the `npm` on the PATH. */
export const npmFolder = (): string | undefined => {
	const npm = findOnPath('npm');
	return npm === undefined
		? undefined
		: path.dirname(path.dirname(realpathSync(npm)));
};
