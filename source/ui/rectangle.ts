/** A part of a screen or a sheet, in cells. */
export type Rectangle = {
	readonly column: number;
	readonly row: number;
	readonly width: number;
	readonly height: number;
};

/** How many cells it has. */
export const area = ({width, height}: Rectangle): number => width * height;

/** Whether a cell is one of its cells. */
export const isInside = (
	box: Rectangle,
	column: number,
	row: number,
): boolean =>
	column >= box.column &&
	row >= box.row &&
	column < box.column + box.width &&
	row < box.row + box.height;
