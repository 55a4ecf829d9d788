import {isClassifier} from '../../graph/logits/find-logits.js';
import type {Shape} from '../../graph/tensor.js';
import type {Size} from '../../raster/view.js';
import type {PreparedInput} from '../input/input.js';
import {predictClasses} from '../predicted-classes.js';
import {placePixels} from '../input/place-pixels.js';
import type {LivePrediction} from './protocol.js';

/** The class of every image pixel: that of the cell it falls on. */
const labelPixels = (
	cells: Uint16Array,
	grid: Size,
	{picture, view}: PreparedInput,
	outside: number,
): Uint8Array | Uint16Array => {
	const {width, height} = picture;
	const labels =
		outside < 256
			? new Uint8Array(width * height)
			: new Uint16Array(width * height);
	const {columns, rows} = placePixels(picture, view, grid);
	for (const [y, row] of rows.entries()) {
		for (const [x, column] of columns.entries()) {
			labels[y * width + x] =
				row < 0 || column < 0 ? outside : cells[row * grid.width + column];
		}
	}

	return labels;
};

/**
A network's prediction, laid out for the screen.

@param logits.shape `[1, classes]` or `[1, classes, height, width]`
*/
export const readPrediction = (
	{shape, data}: {readonly shape: Shape; readonly data: Float32Array},
	input: PreparedInput,
): LivePrediction => {
	const [, classes, height = 1, width = 1] = shape;
	return {
		width,
		height,
		view: input.view,
		logits: new Float32Array(data),
		...(!isClassifier(shape) && {
			labels: labelPixels(
				predictClasses(data, classes),
				{width, height},
				input,
				Math.max(2, classes),
			),
		}),
		picture: {width: input.picture.width, height: input.picture.height},
	};
};
