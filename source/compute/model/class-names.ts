import {findPalettes} from '../../data/palettes/find.js';
import {type Palette, vocColor} from '../../data/palettes/palette.js';
import type {SegmentationClass} from '../../raster/segmentation.js';
import type {Model} from './load-model.js';

/** How files number what is no class. */
const voidId = 255;

/** Of a dataset's palettes the one that numbers its classes as a network of so many does: from 0, void aside; undefined where the network has others. */
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
Names and colours of a network's classes: its own labels and palette, else the given palette, else numbers.

@param fallback A palette that may be the network's; it is not where the network has fewer classes.
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
			// Class 0 of a nameless list need not be the background, which VOC paints black.
			color: known.get(id)?.color ?? vocColor(id + 1),
		})),
	};
};
