import {tensorOf} from '../../graph/tensor.js';
import type {ChannelsLastWriter} from './writer.js';

/** Where a resized picture takes its elements from: between the middles of the corner elements, by pixels' middles, or by their corners. */
export type Alignment = 'align_corners' | 'half_pixel' | 'asymmetric';

/** Another height and width, bilinearly or by the nearest element. */
export const resize = (
	writer: ChannelsLastWriter,
	output: string,
	x: string,
	{
		size,
		isNearest,
		alignment,
	}: {
		/** Height and width. */
		readonly size: readonly number[];
		readonly isNearest: boolean;
		readonly alignment: Alignment;
	},
): void => {
	const shape = writer.shapeOf(x);
	writer.pictureNode(
		output,
		'Resize',
		[
			writer.picture(x),
			'',
			'',
			writer.constantFor(tensorOf('int64', [shape[0], shape[3], ...size])),
		],
		{
			mode: isNearest ? 'nearest' : 'linear',
			coordinate_transformation_mode: alignment,
			...(isNearest && {
				nearest_mode:
					alignment === 'asymmetric' ? 'floor' : 'round_prefer_ceil',
			}),
		},
	);
};
