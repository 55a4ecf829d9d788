import type {PictureView} from '../../explorer/views/picture.js';
import type {Image} from '../../raster/image.js';
import {paintFrame, paintRing} from '../../raster/markers.js';
import {type Box, type Size, projectBox} from '../../raster/view.js';
import type {Point} from '../../explorer/state.js';
import {marks} from '../theme.js';
import {paintBox, paintCursor} from './marks.js';
import {paint} from './painting.js';

const pixelBox = ({x, y}: Point): Box => ({
	left: x,
	top: y,
	right: x,
	bottom: y,
});

const isSame = (one: Box, other: Box): boolean =>
	one.left === other.left &&
	one.top === other.top &&
	one.right === other.right &&
	one.bottom === other.bottom;

/** A box with room for the cursor's marks inside its ring. */
const grow = ({left, top, right, bottom}: Box): Box => ({
	left: left - 1,
	top: top - 1,
	right: right + 1,
	bottom: bottom + 1,
});

/**
Draws the main picture with its marks: box, rings and cursor.

@param canvas Canvas pixels.
*/
export const paintPicture = (picture: PictureView, canvas: Size): Image => {
	const {box, area, rings, cursor} = picture;
	const painting = picture.meanwhile ?? picture.painting;
	const image = paint(painting, canvas);
	if (box) {
		paintBox(image, projectBox(painting.view, canvas, box));
	}

	if (area) {
		paintFrame(image, projectBox(painting.view, canvas, area), marks.asked);
	}

	const project = (point: Point): Box =>
		projectBox(painting.view, canvas, pixelBox(point));
	const aim = project(cursor);
	paintCursor(image, aim);
	for (const point of rings) {
		const spot = project(point);
		paintRing(image, isSame(spot, aim) ? grow(spot) : spot, marks.interesting);
	}

	return image;
};
