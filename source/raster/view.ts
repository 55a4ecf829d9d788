/** The part of an image that a canvas shows, in image pixels; it may be fractional and may reach past the border. */
export type View = {
	readonly x: number;
	readonly y: number;
	readonly width: number;
	readonly height: number;
};

/** A width and a height in pixels. */
export type Size = {
	readonly width: number;
	readonly height: number;
};

/** A rectangle of whole pixels; all four sides are inside. */
export type Box = {
	readonly left: number;
	readonly top: number;
	readonly right: number;
	readonly bottom: number;
};

/** The cell of a grid over a view that an image pixel falls on, by column and row; undefined outside the view. */
export const toGrid = (
	{x, y}: {readonly x: number; readonly y: number},
	view: View,
	grid: Size,
): {readonly x: number; readonly y: number} | undefined => {
	const column = Math.floor(((x + 0.5 - view.x) * grid.width) / view.width);
	const row = Math.floor(((y + 0.5 - view.y) * grid.height) / view.height);
	return column >= 0 && column < grid.width && row >= 0 && row < grid.height
		? {x: column, y: row}
		: undefined;
};

/**
The canvas pixels `[first, last]` that stand for the image pixels from `start` to `end` (exclusive) on one axis.

They are those whose centre lies inside or, where the image shrinks so far that none does, the one that contains the middle: nothing ever vanishes.
*/
export const projectSpan = (
	start: number,
	end: number,
	viewStart: number,
	scale: number,
): [first: number, last: number] => {
	const from = (start - viewStart) * scale;
	const to = (end - viewStart) * scale;
	const first = Math.ceil(from - 0.5);
	const last = Math.ceil(to - 0.5) - 1;
	if (first <= last) {
		return [first, last];
	}

	const middle = Math.floor((from + to) / 2);
	return [middle, middle];
};

/** The canvas pixels that stand for a box of image pixels; may lie outside the canvas. */
export const projectBox = (view: View, canvas: Size, box: Box): Box => {
	const [left, right] = projectSpan(
		box.left,
		box.right + 1,
		view.x,
		canvas.width / view.width,
	);
	const [top, bottom] = projectSpan(
		box.top,
		box.bottom + 1,
		view.y,
		canvas.height / view.height,
	);
	return {left, top, right, bottom};
};

/** The image pixel that a canvas pixel shows; may lie outside the image. */
export const unproject = (
	view: View,
	canvas: Size,
	x: number,
	y: number,
): {x: number; y: number} => ({
	x: Math.floor(view.x + ((x + 0.5) * view.width) / canvas.width),
	y: Math.floor(view.y + ((y + 0.5) * view.height) / canvas.height),
});
