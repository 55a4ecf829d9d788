import {Buffer} from 'node:buffer';
import type {Metadata, OverlayOptions, Sharp} from 'sharp';
import {UsageError} from '../errors.js';
import type {Image} from '../raster/image.js';
import {checkInputFile, readStart} from './input-file.js';

/** The largest image that is opened, in pixels: 300 MB at three bytes each. */
const maxPixels = 100_000_000;

/** Pixels along the side of a square of the checkerboard under transparent images. */
const checkerSize = 8;
const checkerShades = [0x66, 0x99] as const;

const webPage =
	/^\s*(?:<!doctype html|<html|<head|<\?xml[^>]*>\s*<!doctype html)/iv;

/** Why a file could not be decoded, in one line. */
const decodingError = async (error: unknown, path: string, role: string) => {
	const start = await readStart(path, 512);
	if (webPage.test(start.toString('latin1'))) {
		return new UsageError(
			`The ${role} "${path}" is a web page, not a picture; download the file itself`,
		);
	}

	const [reason] = (
		error instanceof Error ? error.message : String(error)
	).split(/:?\s*\n|:$/v, 1);
	return reason.includes('unsupported image format')
		? new UsageError(
				`The ${role} "${path}" is not a picture that can be read; convert it to PNG or JPEG`,
			)
		: new UsageError(
				`The ${role} "${path}" is damaged or cut short (${reason}); get a fresh copy`,
			);
};

/**
Opens a picture without decoding it.

@param options.ignoreIcc Keeps the stored values, for pictures whose colours are codes.
@throws {UsageError} If it cannot be read, is not a picture, or has more than 100 megapixels.
*/
export const openPicture = async (
	path: string,
	role: string,
	{ignoreIcc = false} = {},
): Promise<{picture: Sharp; metadata: Metadata}> => {
	await checkInputFile(path, role);
	// Sharp takes a tenth of a second to load, which the explorer's first frame must not wait for.
	const {default: sharp} = await import('sharp');
	const picture = sharp(path, {
		limitInputPixels: false,
		failOn: 'error',
		ignoreIcc,
	});
	let metadata: Metadata;
	try {
		metadata = await picture.metadata();
	} catch (error) {
		throw await decodingError(error, path, role);
	}

	const {width, height} = metadata;
	if (width * height > maxPixels) {
		throw new UsageError(
			`The ${role} "${path}" has ${Math.round((width * height) / 1e6)} megapixels (${width} × ${height}), more than ${maxPixels / 1e6}; scale it down first`,
		);
	}

	return {picture, metadata};
};

/** Decodes an open picture into interleaved samples. */
export const decodePicture = async (
	picture: Sharp,
	path: string,
	role: string,
): Promise<{data: Uint8Array; width: number; height: number}> => {
	try {
		const {data, info} = await picture.toBuffer({resolveWithObject: true});
		return {
			// A plain view: Node's Buffer slices and clones in its own way.
			data: new Uint8Array(data.buffer, data.byteOffset, data.length),
			width: info.width,
			height: info.height,
		};
	} catch (error) {
		throw await decodingError(error, path, role);
	}
};

/** One tile of the checkerboard under transparent pictures. */
const checkerboard = (size: {
	width: number;
	height: number;
}): OverlayOptions => {
	const width = Math.min(2 * checkerSize, size.width);
	const height = Math.min(2 * checkerSize, size.height);
	const input = Buffer.alloc(width * height);
	for (let pixel = 0; pixel < input.length; pixel++) {
		const column = Math.floor((pixel % width) / checkerSize);
		const row = Math.floor(pixel / width / checkerSize);
		input[pixel] = checkerShades[(column + row) % 2];
	}

	return {
		input,
		raw: {width, height, channels: 1},
		tile: true,
		gravity: 'northwest',
		blend: 'dest-over',
	};
};

/**
Reads a picture in any format that sharp knows (JPEG, PNG, WebP, TIFF, AVIF, GIF, SVG …) as 8-bit sRGB.

EXIF orientation is applied, transparent pixels show a checkerboard, and an animation gives its first frame.

@throws {UsageError} If it cannot be read, is not a picture, is cut short, or has more than 100 megapixels.
*/
export const loadImage = async (path: string): Promise<Image> => {
	const {picture, metadata} = await openPicture(path, 'image');
	const rgb = picture.autoOrient().toColourspace('srgb');
	const opaque = metadata.hasAlpha
		? rgb.composite([checkerboard(metadata.autoOrient)])
		: rgb;
	return decodePicture(opaque.removeAlpha().raw(), path, 'image');
};

/**
Reads a picture's size with EXIF orientation applied, without decoding it.

@throws {UsageError} As `loadImage` does, except for damage further into the file.
*/
export const readImageSize = async (
	path: string,
): Promise<{width: number; height: number}> => {
	const {metadata} = await openPicture(path, 'image');
	return metadata.autoOrient;
};
