import type {PictureView} from '../../explorer/views/picture.js';
import type {Point} from '../../explorer/state.js';
import {type Box, type Size, projectBox} from '../../raster/view.js';
import {shownWeights} from './painting.js';

/** Glyphs by cell, counted in rows: what says without colour what a picture's colours say. */
type Glyphs = ReadonlyMap<number, string>;

/**
Weights as digits, from 0 for less than a tenth to 9; a cell shows the greater of its two.

@param weights A weight (0–1) for each canvas pixel, NaN where there is none.
*/
export const plainWeights = (
	weights: Float32Array | undefined,
	{width}: Pick<Size, 'width'>,
): Glyphs => {
	const glyphs = new Map<number, string>();
	for (const [pixel, weight] of (weights ?? []).entries()) {
		if (Number.isNaN(weight)) {
			continue;
		}

		const row = Math.floor(pixel / width / 2);
		const cell = row * width + (pixel % width);
		const digit = Math.min(9, Math.floor(weight * 10));
		const above = Number(glyphs.get(cell) ?? 0);
		glyphs.set(cell, `${Math.max(digit, above)}`);
	}

	return glyphs;
};

const corners = ['┌', '┐', '└', '┘'] as const;
const boldCorners = ['┏', '┓', '┗', '┛'] as const;

/**
The main picture's weights and marks: digits, corners of the box and of the rectangle in question, diamonds, and brackets around the cursor.

@param canvas Canvas pixels, two per cell.
*/
export const plainMarks = (picture: PictureView, canvas: Size): Glyphs => {
	const painting = picture.meanwhile ?? picture.painting;
	const glyphs = new Map(plainWeights(shownWeights(painting, canvas), canvas));
	const put = (x: number, y: number, glyph: string): void => {
		if (x >= 0 && x < canvas.width && y >= 0 && y < canvas.height) {
			glyphs.set(Math.floor(y / 2) * canvas.width + x, glyph);
		}
	};

	const frame = (
		box: Box | undefined,
		[upperLeft, upperRight, lowerLeft, lowerRight]: readonly string[],
	): void => {
		if (box) {
			const {left, top, right, bottom} = projectBox(painting.view, canvas, box);
			put(left - 1, top - 1, upperLeft);
			put(right + 1, top - 1, upperRight);
			put(left - 1, bottom + 1, lowerLeft);
			put(right + 1, bottom + 1, lowerRight);
		}
	};

	const project = ({x, y}: Point): Box =>
		projectBox(painting.view, canvas, {left: x, top: y, right: x, bottom: y});
	frame(picture.box, corners);
	frame(picture.area, boldCorners);
	for (const point of picture.rings) {
		const {left, top} = project(point);
		put(left, top, '◆');
	}

	const {left, top, right, bottom} = project(picture.cursor);
	for (let y = top; y <= bottom; y++) {
		put(left - 1, y, '[');
		put(right + 1, y, ']');
	}

	return glyphs;
};
