import {existsSync} from 'node:fs';
import {readFile} from 'node:fs/promises';
import path from 'node:path';
import {nameClasses} from '../../compute/model/class-names.js';
import type {LoadedModel} from '../../compute/model/load-model.js';
import {noClass} from '../../compute/precompute/plan.js';
import {encodePng} from '../../data/encode-png.js';
import {writeWhole} from '../../data/output-file.js';
import type {Image} from '../../raster/image.js';
import type {Destination} from './destinations.js';

/** The class for the rest: where the network does not look, and what is not of its only class. */
const unseen = {name: 'not seen by the network', color: 0xff_ff_ff};
const background = {name: 'background', color: 0};

const rgb = (color: number) => [color >> 16, (color >> 8) & 0xff, color & 0xff];

/** Copies the image into its folder, unless it is there. @throws {UsageError} If the folder cannot be written to. */
export const copyImage = async (
	{image, copy}: Destination,
	picture: Image,
): Promise<void> => {
	if (copy === undefined || existsSync(copy)) {
		return;
	}

	const isSameKind = path.extname(copy) === path.extname(image).toLowerCase();
	await writeWhole(
		copy,
		isSameKind ? await readFile(image) : await encodePng(picture),
		'image',
	);
};

/**
Writes the network's segmentation as a coloured picture, with a palette beside it. An existing file is kept: it may be the ground truth.

@param classes.ids The class of every pixel, as from `predictClasses`; `noClass` where the network does not look.
@param classes.count The number of the network's classes.
@throws {UsageError} If the folder cannot be written to.
*/
export const writeSegmentation = async (
	{segmentation: file}: Destination,
	model: LoadedModel,
	picture: Image,
	{ids, count}: {readonly ids: Uint16Array; readonly count: number},
): Promise<void> => {
	if (existsSync(file)) {
		return;
	}

	const named = await nameClasses(model, count);
	const classes = [
		...named.classes,
		...(count === 1 ? [{id: count, ...background}] : []),
	];
	if (ids.includes(noClass)) {
		classes.push({id: classes.length, ...unseen});
	}

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
	await writeWhole(
		palette,
		`${JSON.stringify(json, undefined, '\t')}\n`,
		'palette',
	);
	await writeWhole(file, await encodePng({...picture, data}), 'segmentation');
};
