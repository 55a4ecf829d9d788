import {type Cells, blankCells, defaultColor} from './cells.js';
import {type Image, pixelColor} from './image.js';

/**
An image as terminal cells, two pixels a cell: '▀' with the upper pixel as foreground and the lower as background.

@returns `[ceil(height / 2), width]` cells; under an odd last row the terminal's own background shows.
*/
export const halfBlocks = (image: Image): Cells => {
	const cells = blankCells(image.width, Math.ceil(image.height / 2));
	const {columns, rows, glyphs, foreground, background} = cells;
	for (let row = 0; row < rows; row++) {
		const hasLower = 2 * row + 1 < image.height;
		for (let column = 0; column < columns; column++) {
			const cell = row * columns + column;
			const upper = pixelColor(image, column, 2 * row);
			const lower = hasLower
				? pixelColor(image, column, 2 * row + 1)
				: defaultColor;
			background[cell] = lower;
			if (upper !== lower) {
				glyphs[cell] = '▀';
				foreground[cell] = upper;
			}
		}
	}

	return cells;
};
