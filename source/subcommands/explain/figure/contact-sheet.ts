import sharp from 'sharp';
import {UsageError} from '../../../errors.js';

/** The file name of the sheet. */
export const sheetName = 'contact-sheet.png';

/** The greatest height, in pixels, that most picture viewers can open. */
const maxHeight = 32_767;

/**
Puts many figures in one picture, one row each.

@param figures Their files.
@returns A PNG.
@throws {UsageError} If there are too many for one picture.
*/
export const contactSheet = async (
	figures: readonly string[],
): Promise<Uint8Array> => {
	const rows = await Promise.all(
		figures.map(async (input) => {
			const {width, height} = await sharp(input).metadata();
			return {input, width, height};
		}),
	);
	let height = 0;
	const placed = rows.map(({input, ...row}) => {
		const top = height;
		height += row.height;
		return {input, top, left: 0};
	});
	if (height > maxHeight) {
		throw new UsageError(
			`${figures.length} figures are too many for one contact sheet (${height} pixels high, ${maxHeight} at most); draw fewer with --images, or leave --sheet out`,
		);
	}

	return sharp({
		create: {
			width: Math.max(...rows.map(({width}) => width)),
			height,
			channels: 3,
			background: '#ffffff',
		},
	})
		.composite(placed)
		.png()
		.toBuffer();
};
