import {findPalettes} from '../data/palettes/find.js';
import {vocColor} from '../data/palettes/palette.js';
import type {SegmentationClass} from '../raster/segmentation.js';
import type {Model} from './load-model.js';

/**
Names and colours of a network's classes: its own labels and palette, else the given palette, else numbers.

@throws {UsageError} When a palette cannot be read.
*/
export const nameClasses = async (
	{manifest, labels}: Pick<Model, 'manifest' | 'labels'>,
	count: number,
	fallback?: string,
): Promise<{
	/** Of the palette, where there is one. */
	readonly name: string | undefined;
	readonly classes: readonly SegmentationClass[];
}> => {
	const wanted = manifest.palette ?? fallback;
	const [palette] = wanted === undefined ? [] : await findPalettes(wanted);
	const known = new Map(palette?.classes.map((entry) => [entry.id, entry]));
	return {
		name: palette?.name,
		classes: Array.from({length: count}, (_, id) => ({
			id,
			name: labels?.[id] ?? known.get(id)?.name ?? `class ${id}`,
			// Class 0 of a nameless list need not be the background, which VOC paints black.
			color: known.get(id)?.color ?? vocColor(id + 1),
		})),
	};
};
