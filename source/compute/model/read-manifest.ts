import {existsSync} from 'node:fs';
import {readFile} from 'node:fs/promises';
import path from 'node:path';
import {findPalettes} from '../../data/palettes/find.js';
import {UsageError} from '../../errors.js';
import type {Value} from '../../graph/graph.js';
import {stripControl} from '../../text.js';
import {parseManifest, type Manifest} from './manifest.js';

const manifestName = 'gradcam.json';

/** The manifest beside a model; empty where there is none. @throws {UsageError} If it is broken. */
const readOwn = async (model: string): Promise<Manifest> => {
	const file = path.join(path.dirname(model), manifestName);
	if (!existsSync(file)) {
		return {};
	}

	let json: unknown;
	try {
		json = JSON.parse(await readFile(file, 'utf8'));
	} catch {
		throw new UsageError(
			`The manifest "${file}" is not JSON; correct it or delete it`,
		);
	}

	const manifest = parseManifest(json, file);
	// A palette file lies beside the manifest; the name of a dataset has neither dot nor slash.
	return manifest.palette !== undefined && /[.\/\\]/v.test(manifest.palette)
		? {...manifest, palette: path.join(path.dirname(file), manifest.palette)}
		: manifest;
};

/** Drops what a manifest's preset implies when another preset is requested. */
const withoutPreset = ({
	preset: _preset,
	channelOrder: _channelOrder,
	scale: _scale,
	mean: _mean,
	std: _std,
	resize: _resize,
	...rest
}: Manifest): Manifest => rest;

/**
Combines given fields with the model's manifest, which they override.

@param found What other files say of the model, which the manifest overrides.
@throws {UsageError} If the manifest is broken.
*/
export const readManifest = async (
	model: string,
	said: Manifest,
	found: Manifest = {},
): Promise<Manifest> => {
	const written = await readOwn(model);
	const own = {...(written.preset ? {} : found), ...written};
	return {
		...(said.preset ? withoutPreset(own) : own),
		// A given palette also names the classes.
		...(said.palette !== undefined && {labels: undefined}),
		...said,
	};
};

/** The class names of a manifest or its palette; safe for the screen. @throws {UsageError} If the palette cannot be read. */
export const readLabels = async ({labels, palette}: Manifest) => {
	if (labels) {
		return labels.map((label) => stripControl(label));
	}

	if (!palette) {
		return undefined;
	}

	const [{classes}] = await findPalettes(palette);
	const names: string[] = [];
	for (const {id, name} of classes) {
		names[id] = name;
	}

	return Array.from(names, (name, id) => name ?? `class ${id}`);
};

/** @throws {UsageError} If the number of names differs from the network's classes. */
export const checkLabels = ({labels}: Manifest, {shape}: Value) => {
	const [, classes] = shape;
	if (labels && labels.length !== classes) {
		const remedy =
			labels.length === 1000 && classes === 1001
				? 'where the first class is the background, use --labels imagenet-1001'
				: 'give one name per class';
		throw new UsageError(
			`The model has ${classes} classes, and the number of labels is ${labels.length} (${labels[0]} … ${labels.at(-1)}); ${remedy}`,
		);
	}
};
