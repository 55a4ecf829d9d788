import {readFileSync} from 'node:fs';

/** The program's version, from package.json. */
export const readVersion = (): string => {
	const manifest: unknown = JSON.parse(
		readFileSync(new URL('../package.json', import.meta.url), 'utf8'),
	);
	const {version} = new Object(manifest) as {version?: unknown};
	return String(version);
};
