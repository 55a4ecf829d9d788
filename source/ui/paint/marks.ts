import {type Image, pixelColor} from '../../raster/image.js';
import {paintPixel, paintRing} from '../../raster/markers.js';
import type {Box} from '../../raster/view.js';

const white = 0xff_ff_ff;
const black = 0;

/** How opaque the sides of a box are, 0–1. */
const sideOpacity = 0.4;

/** Blends a grey into a pixel, in place; no effect outside the canvas. */
const tint = (canvas: Image, x: number, y: number, grey: number): void => {
	if (x < 0 || x >= canvas.width || y < 0 || y >= canvas.height) {
		return;
	}

	const below = pixelColor(canvas, x, y);
	const mix = (shift: number): number => {
		const channel = (below >> shift) & 255;
		return Math.round(channel + (grey - channel) * sideOpacity) << shift;
	};

	paintPixel(canvas, x, y, mix(16) | mix(8) | mix(0));
};

/**
Paints a frame around a box, in place: solid corners and translucent sides.

Light and dark alternate along the sides, so that they show on any picture.
*/
export const paintBox = (
	canvas: Image,
	{left, top, right, bottom}: Box,
): void => {
	const side = (x: number, y: number): void => {
		tint(canvas, x, y, (x + y) % 4 < 2 ? 255 : 0);
	};

	for (
		let x = Math.max(-1, left - 1);
		x <= Math.min(canvas.width, right + 1);
		x++
	) {
		side(x, top - 1);
		side(x, bottom + 1);
	}

	for (let y = Math.max(0, top); y <= Math.min(canvas.height, bottom); y++) {
		side(left - 1, y);
		side(right + 1, y);
	}

	// In a small box the corners' arms would meet.
	const hasArms = right - left > 7 && bottom - top > 7;
	for (const [x, inward] of [
		[left - 1, 1],
		[right + 1, -1],
	] as const) {
		for (const [y, down] of [
			[top - 1, 1],
			[bottom + 1, -1],
		] as const) {
			paintPixel(canvas, x, y, white);
			if (hasArms) {
				paintPixel(canvas, x + inward, y, white);
				paintPixel(canvas, x, y + down, white);
			}
		}
	}
};

/** Paints the cursor in place: white sides and black corners around its pixel, which stays visible. On any ground one of the two shows, and no picture looks like it. */
export const paintCursor = (canvas: Image, box: Box): void => {
	const {left, top, right, bottom} = box;
	paintRing(canvas, box, white);
	for (const x of [left - 1, right + 1]) {
		for (const y of [top - 1, bottom + 1]) {
			paintPixel(canvas, x, y, black);
		}
	}
};
