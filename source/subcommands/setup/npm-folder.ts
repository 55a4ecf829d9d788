import {existsSync, realpathSync} from 'node:fs';
import path from 'node:path';
import process from 'node:process';

/** A program on the PATH; undefined where there is none of this name. */
export const findOnPath = (name: string): string | undefined =>
	(process.env.PATH ?? '')
		.split(path.delimiter)
		.map((folder) => path.join(folder, name))
		.find((file) => existsSync(file));

/** The folder of npm itself, which is where the `npm` on the PATH leads to. */
export const npmFolder = (): string | undefined => {
	const npm = findOnPath('npm');
	return npm === undefined
		? undefined
		: path.dirname(path.dirname(realpathSync(npm)));
};
