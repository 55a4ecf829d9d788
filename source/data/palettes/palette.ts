import type {SegmentationClass} from '../../raster/segmentation.js';

/** The classes of a dataset as stored in one kind of file: by colour, or by id. */
export type Palette = {
	/** For the screen. */
	readonly name: string;
	readonly classes: readonly SegmentationClass[];
	/** Whether class 0 is a background with a few objects before it; otherwise every pixel has a class, and a picture shows many. */
	readonly hasBackground?: boolean;
	/** Whether such files hold only colours, so that the ids are our own. */
	readonly isColorOnly?: boolean;
};

/**
Reads classes from a table with one class per line: id, colour as six hexadecimal digits, name.
*/
export const classTable = (table: string): SegmentationClass[] =>
	table
		.trim()
		.split('\n')
		.map((line) => {
			const [id, color, ...name] = line.trim().split(' ');
			return {
				id: Number(id),
				color: Number.parseInt(color, 16),
				name: name.join(' '),
			};
		});

/**
The colour that PASCAL VOC gives class `id`: the bits of the id, dealt to red, green and blue from the highest bit down. All ids get distinct colours, so it also paints classes without a name.

@see http://host.robots.ox.ac.uk/pascal/VOC/voc2012/, VOCdevkit, VOClabelcolormap.m
*/
export const vocColor = (id: number): number => {
	let color = 0;
	for (let bit = 7, rest = id; rest > 0; bit--, rest >>= 3) {
		color |= (rest & 1) << (16 + bit);
		color |= ((rest >> 1) & 1) << (8 + bit);
		color |= ((rest >> 2) & 1) << bit;
	}

	return color;
};
