import {type Cells} from '../../raster/cells.js';
import type {ByteWriter} from './byte-writer.js';
import {isPlain} from './graphemes.js';
import {type Pen, plainPen, writePen} from './sgr.js';

/** Whether a glyph takes one cell on every terminal, and its length in bytes. */
const isNarrow = (glyph: string): boolean =>
	glyph.length === 1 && isPlain(glyph.codePointAt(0)!);

const byteLength = (glyph: string): number => {
	const codePoint = glyph.codePointAt(0)!;
	return codePoint < 0x80 ? 1 : codePoint < 0x8_00 ? 2 : 3;
};

const isChanged = (from: Cells, to: Cells, cell: number): boolean =>
	from.glyphs[cell] !== to.glyphs[cell] ||
	from.foreground[cell] !== to.foreground[cell] ||
	from.background[cell] !== to.background[cell] ||
	from.attributes[cell] !== to.attributes[cell];

/** How many cells change between two screens of equal size. */
export const countChanged = (from: Cells, to: Cells): number => {
	let count = 0;
	for (let cell = 0; cell < to.glyphs.length; cell++) {
		count += Number(isChanged(from, to, cell));
	}

	return count;
};

/** The shortest sequence that moves the cursor; over a short gap that already looks right, the gap's own text. */
const moveCursor = (
	cells: Cells,
	pen: Pen,
	from: number | undefined,
	to: number,
): string => {
	const {columns} = cells;
	const row = Math.floor(to / columns);
	const column = to % columns;
	const absolute = `\u001B[${row + 1}${column > 0 ? `;${column + 1}` : ''}H`;
	if (from === undefined || Math.floor(from / columns) !== row) {
		return absolute;
	}

	const gap = to - from;
	const forward = gap === 1 ? '\u001B[C' : `\u001B[${gap}C`;
	let text = '';
	let cost = 0;
	for (let cell = from; cell < to && cost <= forward.length; cell++) {
		const glyph = cells.glyphs[cell];
		const looksRight =
			isNarrow(glyph) &&
			cells.foreground[cell] === pen.foreground &&
			cells.background[cell] === pen.background &&
			cells.attributes[cell] === pen.attributes;
		text += glyph;
		cost += looksRight ? byteLength(glyph) : Number.POSITIVE_INFINITY;
	}

	return cost <= forward.length ? text : forward;
};

/**
Writes the bytes that turn one screen into another of the same size: absolute positions, runs of changed cells, and only the colours that differ from the pen's.

@param pen The terminal's current pen; updated to how the bytes leave it.
*/
export const encodeDifference = (
	screen: Cells,
	target: Cells,
	pen: Pen,
	bytes: ByteWriter,
): void => {
	const next = plainPen();
	let cursor: number | undefined;
	for (let cell = 0; cell < target.glyphs.length; cell++) {
		const glyph = target.glyphs[cell];
		if (glyph === '' || !isChanged(screen, target, cell)) {
			continue;
		}

		if (cursor !== cell) {
			bytes.text(moveCursor(target, pen, cursor, cell));
		}

		next.attributes = target.attributes[cell];
		next.background = target.background[cell];
		// A plain space shows no foreground, so the pen's may stay.
		next.foreground =
			glyph === ' ' && next.attributes === 0
				? pen.foreground
				: target.foreground[cell];
		writePen(bytes, pen, next);
		bytes.text(glyph);
		// After a character whose width terminals disagree on, and at the right border, the cursor's position is unknown.
		cursor =
			isNarrow(glyph) && (cell + 1) % target.columns !== 0
				? cell + 1
				: undefined;
	}
};
