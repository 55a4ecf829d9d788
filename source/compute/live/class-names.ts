import {existsSync} from 'node:fs';
import path from 'node:path';
import {findPalettes} from '../../data/palettes/find.js';
import {vocColor} from '../../data/palettes/palette.js';
import type {SegmentationClass} from '../../raster/segmentation.js';
import type {Model} from '../load-model.js';

/** A palette that a manifest names may lie beside the model. */
const locate = (palette: string, model: string): string => {
	const beside = path.join(path.dirname(model), palette);
	return existsSync(beside) ? beside : palette;
};

/**
Names and colours of a network's classes: its own labels and palette, else the given palette, else numbers.

@throws {UsageError} When a palette cannot be read.
*/
export const nameClasses = async (
	{file, manifest, labels}: Pick<Model, 'file' | 'manifest' | 'labels'>,
	count: number,
	fallback?: string,
): Promise<readonly SegmentationClass[]> => {
	const wanted =
		manifest.palette === undefined ? fallback : locate(manifest.palette, file);
	const [palette] = wanted === undefined ? [] : await findPalettes(wanted);
	const known = new Map(palette?.classes.map((entry) => [entry.id, entry]));
	return Array.from({length: count}, (_, id) => ({
		id,
		name: labels?.[id] ?? known.get(id)?.name ?? `class ${id}`,
		color: known.get(id)?.color ?? vocColor(id),
	}));
};
