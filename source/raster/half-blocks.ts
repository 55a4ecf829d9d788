import {type Cells, blankCells, defaultColor} from './cells.js';
import {type Image, pixelColor} from './image.js';

/**
An image as terminal cells, two pixels a cell: '▀' with the upper pixel as foreground and the lower as background.

@returns `[ceil(height / 2), width]` cells; under an odd last row the terminal's own background shows.
*/
export const halfBlocks = (image: Image): Cells => {
	const cells = blankCells(image.width, Math.ceil(image.height / 2));
	for (let row = 0; row < cells.rows; row++) {
		for (let column = 0; column < cells.columns; column++) {
			const cell = row * cells.columns + column;
			const upper = pixelColor(image, column, 2 * row);
			const lower =
				2 * row + 1 < image.height
					? pixelColor(image, column, 2 * row + 1)
					: defaultColor;
			cells.background[cell] = lower;
			if (upper !== lower) {
				cells.glyphs[cell] = '▀';
				cells.foreground[cell] = upper;
			}
		}
	}

	return cells;
};
