import {type Cells, blankCells, defaultColor} from '../../raster/cells.js';
import {graphemes, isPlain} from './graphemes.js';
import {applySgr} from './parse-sgr.js';
import {type Pen, plainPen} from './sgr.js';

const escape = 0x1b;

/** The end of the escape sequence at `start`; applies SGR to the pen, and skips everything else. */
const readEscape = (line: string, start: number, pen: Pen): number => {
	if (line[start + 1] === ']') {
		// A hyperlink or a title: up to BEL or ST.
		const ends = ['\u0007', '\u001B\\'].map((terminator) => {
			const end = line.indexOf(terminator, start + 2);
			return end === -1 ? line.length : end + terminator.length;
		});
		return Math.min(...ends);
	}

	if (line[start + 1] !== '[') {
		return start + 2;
	}

	let end = start + 2;
	while (end < line.length && line.codePointAt(end)! < 0x40) {
		end++;
	}

	if (line[end] === 'm') {
		applySgr(pen, line.slice(start + 2, end));
	}

	return end + 1;
};

/** Fills one row of cells from left to right. */
class RowWriter {
	readonly #cells: Cells;
	readonly #end: number;
	#cell: number;

	constructor(cells: Cells, row: number) {
		this.#cells = cells;
		this.#cell = row * cells.columns;
		this.#end = this.#cell + cells.columns;
	}

	get isFull(): boolean {
		return this.#cell === this.#end;
	}

	/** @param width Cells; a wide glyph that no longer fits becomes a space. */
	put(glyph: string, width: number, pen: Pen): void {
		const fits = this.#cell + width <= this.#end;
		for (let part = 0; part < width && !this.isFull; part++) {
			this.#cells.glyphs[this.#cell] = fits ? (part === 0 ? glyph : '') : ' ';
			this.#cells.foreground[this.#cell] = pen.foreground;
			this.#cells.background[this.#cell] = pen.background;
			this.#cells.attributes[this.#cell] = pen.attributes;
			this.#cell++;
		}
	}

	blankRest(): void {
		this.#cells.glyphs.fill(' ', this.#cell, this.#end);
		this.#cells.foreground.fill(defaultColor, this.#cell, this.#end);
		this.#cells.background.fill(defaultColor, this.#cell, this.#end);
		this.#cells.attributes.fill(0, this.#cell, this.#end);
	}
}

/** Whether a character stands alone: neither it nor the next can join into one grapheme. */
const standsAlone = (line: string, index: number): boolean => {
	const next = line.codePointAt(index + 1) ?? 0;
	return isPlain(line.codePointAt(index)!) && (next < 0x3_00 || isPlain(next));
};

const isControl = (codePoint: number): boolean =>
	codePoint < 0x20 || (codePoint >= 0x7f && codePoint < 0xa0);

const parseLine = (cells: Cells, row: number, line: string): void => {
	const writer = new RowWriter(cells, row);
	const pen = plainPen();
	let index = 0;
	while (index < line.length && !writer.isFull) {
		const codePoint = line.codePointAt(index)!;
		if (codePoint === escape) {
			index = readEscape(line, index, pen);
		} else if (isControl(codePoint)) {
			index++;
		} else if (standsAlone(line, index)) {
			writer.put(line[index], 1, pen);
			index++;
		} else {
			const start = index;
			while (index < line.length && !isControl(line.codePointAt(index)!)) {
				index++;
			}

			for (const {grapheme, width} of graphemes(line.slice(start, index))) {
				writer.put(grapheme, width, pen);
			}
		}
	}

	writer.blankRest();
};

/**
Turns a frame of Ink's (lines of text with SGR, each complete in itself) into cells.

The returned function reuses its cells from call to call and reads only changed lines, so callers must not write to them.

@param columns Cells; longer lines are cut off.
@param rows Cells; missing lines stay blank.
*/
export const createFrameParser = (
	columns: number,
	rows: number,
): ((frame: string) => Cells) => {
	const cells = blankCells(columns, rows);
	let previous: string[] = [];
	return (frame) => {
		const lines = frame.split('\n');
		for (let row = 0; row < rows; row++) {
			if (lines[row] !== previous[row]) {
				parseLine(cells, row, lines[row] ?? '');
			}
		}

		previous = lines;
		return cells;
	};
};
