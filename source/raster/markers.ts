import {type Color, type Image} from './image.js';
import {type Box} from './view.js';

/** Paints one pixel in place; outside the canvas nothing happens. */
export const paintPixel = (
	{width, height, data}: Image,
	x: number,
	y: number,
	color: Color,
): void => {
	if (x < 0 || x >= width || y < 0 || y >= height) {
		return;
	}

	const offset = (y * width + x) * 3;
	data[offset] = color >> 16;
	data[offset + 1] = color >> 8;
	data[offset + 2] = color;
};

/** Paints a frame one canvas pixel thick around a box, in place: outside it, so that its content stays visible. */
export const paintFrame = (
	canvas: Image,
	{left, top, right, bottom}: Box,
	color: Color,
): void => {
	for (
		let x = Math.max(0, left - 1);
		x <= Math.min(canvas.width - 1, right + 1);
		x++
	) {
		paintPixel(canvas, x, top - 1, color);
		paintPixel(canvas, x, bottom + 1, color);
	}

	for (
		let y = Math.max(0, top);
		y <= Math.min(canvas.height - 1, bottom);
		y++
	) {
		paintPixel(canvas, left - 1, y, color);
		paintPixel(canvas, right + 1, y, color);
	}
};

/** Paints a small ring around a point, in place: a frame without corners. */
export const paintRing = (
	canvas: Image,
	{left, top, right, bottom}: Box,
	color: Color,
): void => {
	for (let x = left; x <= right; x++) {
		paintPixel(canvas, x, top - 1, color);
		paintPixel(canvas, x, bottom + 1, color);
	}

	for (let y = top; y <= bottom; y++) {
		paintPixel(canvas, left - 1, y, color);
		paintPixel(canvas, right + 1, y, color);
	}
};
