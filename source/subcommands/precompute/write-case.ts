import {existsSync} from 'node:fs';
import {copyFile, mkdir} from 'node:fs/promises';
import path from 'node:path';
import sharp from 'sharp';
import writeFileAtomic from 'write-file-atomic';
import {nameClasses} from '../../compute/class-names.js';
import type {LoadedModel} from '../../compute/load-model.js';
import {noClass} from '../../compute/precompute/plan.js';
import {outputError} from '../../data/output-file.js';
import type {Image} from '../../raster/image.js';
import type {Target} from './targets.js';

/** Where the network does not look. */
const unseen = {name: 'not seen by the network', color: 0xff_ff_ff};

const rgb = (color: number) => [color >> 16, (color >> 8) & 0xff, color & 0xff];

const explained = async (
	file: string,
	role: string,
	work: Promise<unknown>,
): Promise<void> => {
	try {
		await work;
	} catch (error) {
		throw outputError(error, file, role);
	}
};

/** Makes the folder that a CSV goes to. @throws {UsageError} When it cannot be made. */
export const makeFolder = async ({csv}: Target): Promise<void> => {
	await explained(csv, 'CSV', mkdir(path.dirname(csv), {recursive: true}));
};

/** Puts the image into its folder, unless it is there. @throws {UsageError} When that cannot be written to. */
export const copyImage = async (
	{image, copy}: Target,
	{data, width, height}: Image,
): Promise<void> => {
	if (copy === undefined || existsSync(copy)) {
		return;
	}

	const isSameKind = path.extname(copy) === path.extname(image).toLowerCase();
	await explained(
		copy,
		'image',
		isSameKind
			? copyFile(image, copy)
			: sharp(data, {raw: {width, height, channels: 3}})
					.png()
					.toFile(copy),
	);
};

/**
Writes what the network itself sees, as a picture of colours with a palette beside it, unless a file of this name is there already: it may be the truth.

@param classes.ids The class of every pixel.
@param classes.count Classes of the network.
@throws {UsageError} When the folder cannot be written to.
*/
export const writeSegmentation = async (
	{segmentation: file}: Target,
	model: LoadedModel,
	{width, height}: Image,
	{ids, count}: {readonly ids: Uint16Array; readonly count: number},
): Promise<void> => {
	if (existsSync(file)) {
		return;
	}

	const named = await nameClasses(model, count);
	const classes = [
		...named.classes,
		...(ids.includes(noClass) ? [{id: count, ...unseen}] : []),
	];
	const data = Uint8Array.from({length: 3 * ids.length});
	for (const [pixel, id] of ids.entries()) {
		data.set(rgb((classes.at(id) ?? unseen).color), 3 * pixel);
	}

	const palette = file.replace(/\.png$/v, '.json');
	const json = {
		name: named.name ?? path.parse(model.file).name,
		classes: classes.map(({id, name, color}) => ({
			id,
			name,
			color: rgb(color),
		})),
	};
	await explained(
		palette,
		'palette',
		writeFileAtomic(palette, `${JSON.stringify(json, undefined, '\t')}\n`),
	);
	const picture = sharp(data, {raw: {width, height, channels: 3}}).png();
	await explained(
		file,
		'segmentation',
		picture.toBuffer().then(async (png) => writeFileAtomic(file, png)),
	);
};
