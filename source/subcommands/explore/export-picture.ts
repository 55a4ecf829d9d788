import {existsSync} from 'node:fs';
import path from 'node:path';
import {encodePng} from '../../data/encode-png.js';
import {writeWhole} from '../../data/output-file.js';
import type {Image} from '../../raster/image.js';

/** `NAME.png`, or the first of `NAME-2.png`, `NAME-3.png` … that does not exist yet. */
const freePath = (name: string, number = 1): string => {
	const file = path.resolve(`${name}${number === 1 ? '' : `-${number}`}.png`);
	return existsSync(file) ? freePath(name, number + 1) : file;
};

/**
Writes a picture into the current folder, under a name that is free.

@param name The file's name without suffix.
@returns The file's path.
@throws {UsageError} If it cannot be written.
*/
export const exportPicture = async (
	picture: Image,
	name: string,
): Promise<string> => {
	const file = freePath(path.basename(name));
	await writeWhole(file, await encodePng(picture), 'picture');
	return file;
};
