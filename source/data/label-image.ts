import {readFile} from 'node:fs/promises';
import type {Sharp} from 'sharp';
import {UsageError} from '../errors.js';
import type {Color} from '../raster/image.js';
import {decodePicture, openPicture} from './image.js';
import {readIndexPng} from './png-chunks.js';

/** One label of a segmentation, before it has a name. */
export type Label = {
	/** Its key in `LabelImage.labels`. */
	readonly key: number;
	/** The number of its pixels. */
	readonly pixels: number;
	/** The number in the file; absent if it has only colours. */
	readonly id?: number;
	/** The colour in the file; absent if it has only numbers. */
	readonly color?: Color;
};

/** A segmentation as the file has it: which pixels are alike, and the number or colour of each kind. */
export type LabelImage = {
	/** Pixels. */
	readonly width: number;
	/** Pixels. */
	readonly height: number;
	/** `width · height` keys. */
	readonly labels: Uint8Array | Uint16Array;
	readonly found: readonly Label[];
};

const countKeys = (labels: Uint8Array | Uint16Array) => {
	const counts = new Uint32Array(0x1_00_00);
	for (let pixel = 0; pixel < labels.length; pixel++) {
		counts[labels[pixel]]++;
	}

	return [...counts.entries()]
		.filter(([, pixels]) => pixels > 0)
		.map(([key, pixels]) => ({key, pixels}));
};

/** The key shared by all further colours, once there are too many: as in a photograph mistaken for a segmentation. */
const otherColors = 0xff_fe;

/** Numbers the colours of interleaved RGB pixels in order of appearance. */
const labelColors = (rgb: Uint8Array) => {
	const keyOfColor = new Uint16Array(1 << 24);
	const colors: Color[] = [];
	const labels = new Uint16Array(rgb.length / 3);
	for (let pixel = 0; pixel < labels.length; pixel++) {
		const offset = pixel * 3;
		const color =
			(rgb[offset] << 16) | (rgb[offset + 1] << 8) | rgb[offset + 2];
		// One more than the key, since 0 is a colour not met yet.
		if (keyOfColor[color] === 0) {
			keyOfColor[color] =
				colors.length < otherColors ? colors.push(color) : otherColors + 1;
		}

		labels[pixel] = keyOfColor[color] - 1;
	}

	return {
		labels: colors.length <= 0x1_00 ? Uint8Array.from(labels) : labels,
		colors,
	};
};

const role = 'segmentation';

const isGrey = (color: Color) =>
	color >> 16 === (color & 0xff) && ((color >> 8) & 0xff) === (color & 0xff);

/** Reads a file of colours. If all are grey, the level also counts as a number: many tools write index files that way. */
const readColors = async (picture: Sharp, path: string) => {
	const {data} = await decodePicture(
		picture.toColourspace('srgb').removeAlpha().raw(),
		path,
		role,
	);
	const {labels, colors} = labelColors(data);
	const hasLevels = colors.every((color) => isGrey(color));
	const found = countKeys(labels).map(({key, pixels}) => ({
		key,
		pixels,
		color: colors[key],
		...(hasLevels && {id: colors[key] & 0xff}),
	}));
	return {labels, found};
};

/** Reads a file of numbers from a picture of one channel. */
const readLevels = async (
	picture: Sharp,
	path: string,
	bitDepth: number,
	palette?: Uint8Array,
) => {
	const isWide = bitDepth > 8;
	const {data} = await decodePicture(
		picture
			.toColourspace(isWide ? 'grey16' : 'b-w')
			.extractChannel(0)
			.raw({depth: isWide ? 'ushort' : 'uchar'}),
		path,
		role,
	);
	const samples = isWide
		? new Uint16Array(data.buffer, data.byteOffset, data.length / 2)
		: data;
	// Decoders stretch 1, 2 and 4 bits over the levels of 8.
	const step = bitDepth < 8 ? 255 / (2 ** bitDepth - 1) : 1;
	const labels = step === 1 ? samples : samples.map((level) => level / step);
	const found = countKeys(labels).map(({key, pixels}) => ({
		key,
		pixels,
		id: key,
		...(palette &&
			key * 3 + 2 < palette.length && {
				color:
					(palette[key * 3] << 16) |
					(palette[key * 3 + 1] << 8) |
					palette[key * 3 + 2],
			}),
	}));
	return {labels, found};
};

/**
Finds which pixels of a segmentation are alike.

@param expected The size of its image, in pixels.
@throws {UsageError} If it cannot be read, is not a picture, or has another size.
*/
export const readLabelImage = async (
	path: string,
	expected: {readonly width: number; readonly height: number},
): Promise<LabelImage> => {
	const {picture, metadata} = await openPicture(path, role, {
		ignoreIcc: true,
	});
	const {width, height} = metadata.autoOrient;
	if (width !== expected.width || height !== expected.height) {
		throw new UsageError(
			`The segmentation "${path}" is ${width} × ${height} but the image is ${expected.width} × ${expected.height}; give the one that belongs to this image, or scale it without smoothing`,
		);
	}

	const indexPng =
		metadata.format === 'png' ? readIndexPng(await readFile(path)) : undefined;
	if (indexPng) {
		const {default: sharp} = await import('sharp');
		const levels = sharp(indexPng.greyPng, {
			limitInputPixels: false,
			failOn: 'error',
		});
		return {
			width,
			height,
			...(await readLevels(levels, path, indexPng.bitDepth, indexPng.palette)),
		};
	}

	const oriented = picture.autoOrient();
	const isOneChannel = metadata.channels - Number(metadata.hasAlpha) === 1;
	return {
		width,
		height,
		...(isOneChannel
			? await readLevels(oriented, path, metadata.depth === 'ushort' ? 16 : 8)
			: await readColors(oriented, path)),
	};
};
