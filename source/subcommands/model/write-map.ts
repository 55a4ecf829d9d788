import {Buffer} from 'node:buffer';
import {mkdir} from 'node:fs/promises';
import path from 'node:path';
import sharp from 'sharp';
import writeFileAtomic from 'write-file-atomic';
import type {ExplainedMap} from '../../compute/explain.js';
import {overlayPicture} from '../../compute/overlay.js';
import {encodeNpy} from '../../data/npy.js';
import {outputError} from '../../data/output-file.js';

/** Where a map goes. */
type WriteOptions = {
	/** Made if it does not exist. */
	readonly folder: string;
	/** Without suffix. */
	readonly name: string;
	readonly withNpy: boolean;
};

const write = async (file: string, bytes: Uint8Array, role: string) => {
	try {
		await mkdir(path.dirname(file), {recursive: true});
		await writeFileAtomic(file, Buffer.from(bytes));
	} catch (error) {
		throw outputError(error, file, role);
	}
};

/**
Writes a map over its picture as PNG, and if wanted its numbers `[height, width]` as `.npy`.

@returns Paths that open from the current folder.
@throws {UsageError} When a file cannot be written.
*/
export const writeMap = async (
	explained: ExplainedMap,
	{folder, name, withNpy}: WriteOptions,
): Promise<{file: string; npy: string | null}> => {
	const {data, width, height} = overlayPicture(explained);
	const file = path.join(folder, `${name}.png`);
	const png = await sharp(data, {raw: {width, height, channels: 3}})
		.png()
		.toBuffer();
	await write(file, png, 'picture');
	if (!withNpy) {
		return {file, npy: null};
	}

	const npy = path.join(folder, `${name}.npy`);
	const {map, width: columns, height: rows} = explained;
	await write(npy, encodeNpy([rows, columns], map), 'map');
	return {file, npy};
};
