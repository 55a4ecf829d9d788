import xterm from '@xterm/headless';
import {
	type Cells,
	attribute,
	blankCells,
	defaultColor,
	paletteColor,
} from '../../source/raster/cells.js';

/** A terminal that shows what it is sent as cells. */
export const createEmulator = (columns: number, rows: number) => {
	const terminal = new xterm.Terminal({
		cols: columns,
		rows,
		allowProposedApi: true,
	});
	return {
		resize(newColumns: number, newRows: number) {
			terminal.resize(newColumns, newRows);
		},
		async write(data: string) {
			await new Promise<void>((resolve) => {
				terminal.write(data, resolve);
			});
		},
		cells(): Cells {
			const cells = blankCells(terminal.cols, terminal.rows);
			for (let row = 0; row < terminal.rows; row++) {
				const line = terminal.buffer.active.getLine(
					terminal.buffer.active.viewportY + row,
				)!;
				for (let column = 0; column < terminal.cols; column++) {
					const cell = line.getCell(column)!;
					const index = row * terminal.cols + column;
					cells.glyphs[index] =
						cell.getWidth() === 0 ? '' : cell.getChars() || ' ';
					cells.foreground[index] = cell.isFgRGB()
						? cell.getFgColor()
						: cell.isFgPalette()
							? paletteColor(cell.getFgColor())
							: defaultColor;
					cells.background[index] = cell.isBgRGB()
						? cell.getBgColor()
						: cell.isBgPalette()
							? paletteColor(cell.getBgColor())
							: defaultColor;
					cells.attributes[index] =
						(cell.isBold() && attribute.bold) |
						(cell.isDim() && attribute.dim) |
						(cell.isItalic() && attribute.italic) |
						(cell.isUnderline() && attribute.underline) |
						(cell.isInverse() && attribute.inverse) |
						(cell.isStrikethrough() && attribute.strikethrough);
				}
			}

			return cells;
		},
	};
};

/** What of a grid can be seen: a plain space has no foreground, and a wide character's second half looks as its first. */
export const visible = (cells: Cells): string[] => {
	const shown =
		attribute.underline | attribute.inverse | attribute.strikethrough;
	return cells.glyphs.map((glyph, index) => {
		const attributes =
			glyph === ' ' ? cells.attributes[index] & shown : cells.attributes[index];
		const foreground =
			glyph === ' ' && attributes === 0
				? defaultColor
				: cells.foreground[index];
		return glyph === ''
			? ''
			: `${glyph} ${foreground} ${cells.background[index]} ${attributes}`;
	});
};
