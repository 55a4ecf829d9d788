import {type Cells} from '../../raster/cells.js';
import {changePen, plainPen, reset} from './sgr.js';

/** Cells as lines for a scrolling terminal or a file: each line is complete in itself, has no trailing spaces, and needs no cursor. */
export const printCells = (cells: Cells): string => {
	const lines: string[] = [];
	for (let row = 0; row < cells.rows; row++) {
		let line = '';
		let pen = plainPen();
		for (let column = 0; column < cells.columns; column++) {
			const cell = row * cells.columns + column;
			const next = {
				foreground: cells.foreground[cell],
				background: cells.background[cell],
				attributes: cells.attributes[cell],
			};
			line += changePen(pen, next) + cells.glyphs[cell];
			pen = next;
		}

		const isPlain = changePen(pen, plainPen()) === '';
		lines.push(isPlain ? line.trimEnd() : line + reset);
	}

	return lines.map((line) => `${line}\n`).join('');
};
