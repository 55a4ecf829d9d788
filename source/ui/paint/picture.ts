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

/**
Draws the main picture with its marks: the box, the rings, the cursor.

@param canvas - Canvas pixels.
*/
export const paintPicture = (picture: PictureView, canvas: Size): Image => {
	const {painting, box, area, rings, cursor} = picture;
	const image = paint(painting, canvas);
	if (box) {
		paintBox(image, projectBox(painting.view, canvas, box));
	}

	if (area) {
		paintFrame(image, projectBox(painting.view, canvas, area), marks.asked);
	}

	for (const point of rings) {
		paintRing(
			image,
			projectBox(painting.view, canvas, pixelBox(point)),
			marks.interesting,
		);
	}

	paintCursor(image, projectBox(painting.view, canvas, pixelBox(cursor)));
	return image;
};
