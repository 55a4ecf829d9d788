import {readFileSync} from 'node:fs';
import {packageFile} from './package-file.js';

/** The program's version, from package.json. */
export const readVersion = (): string => {
	const manifest: unknown = JSON.parse(
		readFileSync(packageFile('package.json'), 'utf8'),
	);
	const {version} = new Object(manifest) as {version?: unknown};
	return String(version);
};
