import {type Cells, attribute, defaultColor} from '../raster/cells.js';
import {quantize256, withoutColor} from '../raster/color-depth.js';

/** How many colours a terminal shows. */
export type ColorDepth = '24bit' | '256' | 'none';

/** A raster and the cell of the screen where its upper left corner goes. */
export type Placement = {
	readonly row: number;
	readonly column: number;
	readonly cells: Cells;
};

const colorsTo: Readonly<Record<ColorDepth, (cells: Cells) => Cells>> = {
	'24bit': (cells) => cells,
	256: quantize256,
	none: withoutColor,
};

/** Attributes that show on a space. */
const visibleOnSpace =
	attribute.underline | attribute.inverse | attribute.strikethrough;

/** Copies a raster into the screen's cells, and blanks the other half of a wide character that it cuts. */
const overlay = (screen: Cells, {row, column, cells}: Placement): void => {
	const left = Math.max(0, column);
	const right = Math.min(screen.columns, column + cells.columns);
	if (left >= right) {
		return;
	}

	for (
		let y = Math.max(0, row);
		y < Math.min(screen.rows, row + cells.rows);
		y++
	) {
		const target = y * screen.columns;
		const source = (y - row) * cells.columns - column;
		if (left > 0 && screen.glyphs[target + left] === '') {
			screen.glyphs[target + left - 1] = ' ';
		}

		if (right < screen.columns && screen.glyphs[target + right] === '') {
			screen.glyphs[target + right] = ' ';
		}

		for (let x = left; x < right; x++) {
			screen.glyphs[target + x] = cells.glyphs[source + x];
			screen.foreground[target + x] = cells.foreground[source + x];
			screen.background[target + x] = cells.background[source + x];
			screen.attributes[target + x] = cells.attributes[source + x];
		}
	}
};

/** What doesn't show on a space is taken off it, so that it never counts as a change. */
const simplifySpaces = (cells: Cells): void => {
	for (let cell = 0; cell < cells.glyphs.length; cell++) {
		if (cells.glyphs[cell] === ' ') {
			cells.attributes[cell] &= visibleOnSpace;
			if (cells.attributes[cell] === 0) {
				cells.foreground[cell] = defaultColor;
			}
		}
	}
};

const withoutTextColor = (cells: Cells): Cells => ({
	...cells,
	foreground: new Int32Array(cells.foreground.length).fill(defaultColor),
	background: new Int32Array(cells.background.length).fill(defaultColor),
});

/** A screen's cells: text with rasters over it, in the colours that the terminal has. */
export const composeScreen = (
	text: Cells,
	placements: readonly Placement[],
	colors: ColorDepth,
): Cells => {
	const reduced =
		colors === 'none' ? withoutTextColor(text) : colorsTo[colors](text);
	const screen: Cells = {
		columns: text.columns,
		rows: text.rows,
		glyphs: [...text.glyphs],
		foreground: new Int32Array(reduced.foreground),
		background: new Int32Array(reduced.background),
		attributes: new Uint8Array(text.attributes),
	};
	for (const placement of placements) {
		overlay(screen, {...placement, cells: colorsTo[colors](placement.cells)});
	}

	simplifySpaces(screen);
	return screen;
};
