import {Buffer} from 'node:buffer';
import {mkdir} from 'node:fs/promises';
import path from 'node:path';
import sharp from 'sharp';
import writeFileAtomic from 'write-file-atomic';
import type {ExplainedMap} from '../../compute/explain.js';
import {overlayPicture, type OverlayOptions} from '../../compute/overlay.js';
import {encodeNpy, type NpyArray} from '../../data/npy.js';
import {outputError} from '../../data/output-file.js';

/** Writes a file whole or not at all, and makes its folder. */
const write = async (file: string, bytes: Uint8Array, role: string) => {
	try {
		await mkdir(path.dirname(file), {recursive: true});
		await writeFileAtomic(file, Buffer.from(bytes));
	} catch (error) {
		throw outputError(error, file, role);
	}
};

/** Writes a map over its picture as PNG. @throws {UsageError} When it cannot be written. */
export const writeMap = async (
	file: string,
	explained: ExplainedMap,
	options?: OverlayOptions,
): Promise<void> => {
	const {data, width, height} = overlayPicture(explained, options);
	const png = await sharp(data, {raw: {width, height, channels: 3}})
		.png()
		.toBuffer();
	await write(file, png, 'picture');
};

/** Writes numbers as `.npy`. @throws {UsageError} When they cannot be written. */
export const writeNumbers = async (
	file: string,
	{shape, data}: NpyArray,
): Promise<void> => {
	await write(file, encodeNpy(shape, data), 'map');
};

/** Writes a figure. @throws {UsageError} When it cannot be written. */
export const writeFigure = async (
	file: string,
	png: Uint8Array,
): Promise<void> => {
	await write(file, png, 'figure');
};
