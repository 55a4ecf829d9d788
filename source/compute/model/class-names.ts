import {findPalettes} from '../../data/palettes/find.js';
import {type Palette, vocColor} from '../../data/palettes/palette.js';
import type {SegmentationClass} from '../../raster/segmentation.js';
import type {Model} from './load-model.js';

/** The label that files use for "no class". */
const voidId = 255;

/** The palette of a dataset that numbers classes as a network of this many does: from 0, without void; undefined where the numbers do not fit. */
const choosePalette = (
	palettes: readonly Palette[],
	count: number,
): Palette | undefined => {
	const beyond = ({classes}: Palette) => classes.filter(({id}) => id >= count);
	return (
		palettes.find(
			(palette) =>
				palette.classes.length - beyond(palette).length === count &&
				beyond(palette).every(({id}) => id === voidId),
		) ?? palettes.find((palette) => beyond(palette).length <= 1)
	);
};

/**
The names and colours of a network's classes: its own labels and palette, else the given palette, else numbers.

@param fallback A palette that may be the network's; ignored where the network has fewer classes.
@throws {UsageError} If a palette cannot be read.
*/
export const nameClasses = async (
	{manifest, labels}: Pick<Model, 'manifest' | 'labels'>,
	count: number,
	fallback?: string,
): Promise<{
	/** The palette's name, where there is one. */
	readonly name: string | undefined;
	readonly classes: readonly SegmentationClass[];
}> => {
	const wanted = manifest.palette ?? fallback;
	const palettes = wanted === undefined ? [] : await findPalettes(wanted);
	const palette =
		choosePalette(palettes, count) ??
		(manifest.palette === undefined ? undefined : palettes[0]);
	const known = new Map(palette?.classes.map((entry) => [entry.id, entry]));
	return {
		name: palette?.name,
		classes: Array.from({length: count}, (_, id) => ({
			id,
			name: labels?.[id] ?? known.get(id)?.name ?? `class ${id}`,
			// Class 0 of an unnamed list need not be the background, which VOC paints black.
			color: known.get(id)?.color ?? vocColor(id + 1),
		})),
	};
};
