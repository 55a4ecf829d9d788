import fc from 'fast-check';
import {
	type Cells,
	blankCells,
	defaultColor,
	paletteColor,
} from '../../../source/raster/cells.js';

/** Any colour that a cell can have. */
export const cellColor = fc.oneof(
	fc.constant(defaultColor),
	fc.nat(255).map((index) => paletteColor(index)),
	fc.nat(0xff_ff_ff),
);

const glyph = fc.constantFrom(...' ab█▀─│é\u00FF', '漢', '字', 'e\u0301');

const wide = new Set(['漢', '字']);

const cell = fc.record({
	glyph,
	foreground: cellColor,
	background: cellColor,
	attributes: fc.nat(63),
});

/** Grids of a size, with narrow, wide and combined characters, in few enough styles that runs occur. */
export const cellGrid = (columns: number, rows: number): fc.Arbitrary<Cells> =>
	fc
		.tuple(
			fc.array(cell, {minLength: 1, maxLength: 6}),
			fc.array(fc.nat(1000), {
				minLength: columns * rows,
				maxLength: columns * rows,
			}),
		)
		.map(([styles, picks]) => {
			const grid = blankCells(columns, rows);
			for (let index = 0; index < columns * rows; index++) {
				if (grid.glyphs[index] === '') {
					continue;
				}

				const {glyph, foreground, background, attributes} =
					styles[picks[index] % styles.length];
				const isLast = (index + 1) % columns === 0;
				const isWide = wide.has(glyph) && !isLast;
				for (let part = 0; part < (isWide ? 2 : 1); part++) {
					grid.glyphs[index + part] =
						part === 1 ? '' : wide.has(glyph) && isLast ? ' ' : glyph;
					grid.foreground[index + part] = foreground;
					grid.background[index + part] = background;
					grid.attributes[index + part] = attributes;
				}
			}

			return grid;
		});
