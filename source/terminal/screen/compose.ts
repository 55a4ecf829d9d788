import {
	type Cells,
	attribute,
	blankCells,
	defaultColor,
} from '../../raster/cells.js';
import {quantize256, withoutColor} from '../../raster/color-depth.js';

/** How many colours a terminal shows. */
export type ColorDepth = '24bit' | '256' | 'none';

/** Cells, of text or of a picture, and the cell of the screen where their upper left corner goes. */
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

/** Attributes that are visible on a space. */
const visibleOnSpace =
	attribute.underline | attribute.inverse | attribute.strikethrough;

/** Copies cells to the screen's, and blanks the other half of a wide character that they cut. */
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
		const target = y * screen.columns + left;
		const end = target + right - left;
		const source = (y - row) * cells.columns + left - column;
		if (left > 0 && screen.glyphs[target] === '') {
			screen.glyphs[target - 1] = ' ';
		}

		if (right < screen.columns && screen.glyphs[end] === '') {
			screen.glyphs[end] = ' ';
		}

		for (let cell = target; cell < end; cell++) {
			screen.glyphs[cell] = cells.glyphs[source + cell - target];
		}

		for (const layer of ['foreground', 'background', 'attributes'] as const) {
			screen[layer].set(
				cells[layer].subarray(source, source + end - target),
				target,
			);
		}
	}
};

/** Drops what is invisible on a space, so that it never counts as a change. */
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

/** A screen's cells: placements on top of each other, in the colours that the terminal has. */
export const composeScreen = (
	columns: number,
	rows: number,
	placements: readonly Placement[],
	colors: ColorDepth,
): Cells => {
	const screen = blankCells(columns, rows);
	for (const placement of placements) {
		overlay(screen, {...placement, cells: colorsTo[colors](placement.cells)});
	}

	simplifySpaces(screen);
	return screen;
};
