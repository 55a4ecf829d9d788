import path from 'node:path';
import type {ExplainedMap} from '../../compute/explain.js';
import {overlayPicture, type OverlayOptions} from '../../compute/overlay.js';
import {encodePng} from '../../data/encode-png.js';
import {encodeNpy, type NpyArray} from '../../data/npy.js';
import {makeFolder, writeWhole} from '../../data/output-file.js';

const write = async (file: string, bytes: Uint8Array, role: string) => {
	makeFolder(path.dirname(file));
	await writeWhole(file, bytes, role);
};

/** Writes a map over its picture as PNG. @throws {UsageError} If it cannot be written. */
export const writeMap = async (
	file: string,
	explained: ExplainedMap,
	options?: OverlayOptions,
): Promise<void> => {
	const picture = overlayPicture(explained, options);
	await write(file, await encodePng(picture), 'picture');
};

/** Writes numbers as `.npy`. @throws {UsageError} If they cannot be written. */
export const writeNumbers = async (
	file: string,
	{shape, data}: NpyArray,
): Promise<void> => {
	await write(file, encodeNpy(shape, data), 'map');
};

/** Writes a figure. @throws {UsageError} If it cannot be written. */
export const writeFigure = async (
	file: string,
	png: Uint8Array,
): Promise<void> => {
	await write(file, png, 'figure');
};
