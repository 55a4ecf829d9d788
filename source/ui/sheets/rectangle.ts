/** A part of a screen or a sheet, in cells. */
export type Rectangle = {
	readonly column: number;
	readonly row: number;
	readonly width: number;
	readonly height: number;
};

/** The number of cells. */
export const area = ({width, height}: Rectangle): number => width * height;

/** Whether a cell lies inside. */
export const isInside = (
	box: Rectangle,
	column: number,
	row: number,
): boolean =>
	column >= box.column &&
	row >= box.row &&
	column < box.column + box.width &&
	row < box.row + box.height;
