import type {Size, View} from '../../raster/view.js';
import type {State} from '../state.js';
import {arrange} from './layout.js';

/** The picture on the screen. A dot is half a cell, as wide as a cell and half as tall, and so roughly square. */
export type Viewport = {
	/** The cells that the picture covers within its room. */
	readonly columns: number;
	readonly rows: number;
	/** The visible part of the image, in image pixels. */
	readonly view: View;
	/** Dots per image pixel. */
	readonly scale: number;
};

/** The zoom levels between the whole image and single pixels, in dots per image pixel. */
export const scales = [
	1 / 64,
	1 / 48,
	1 / 32,
	1 / 24,
	1 / 16,
	1 / 12,
	1 / 8,
	1 / 6,
	1 / 4,
	1 / 3,
	1 / 2,
	2 / 3,
	1,
	2,
	3,
	4,
	6,
	8,
	12,
	16,
] as const;

/** The room inside the picture's border, in dots. */
const room = (state: State): Size => {
	const {width, height} = arrange(state).picture;
	return {
		width: Math.max(1, width - 2),
		height: Math.max(2, 2 * (height - 2)),
	};
};

/** The scale at which the whole image fits. */
export const fitScale = (state: State): number => {
	const {width, height} = room(state);
	const {image} = state.subject;
	return Math.min(width / image.width, height / image.height);
};

type Axis = {
	/** Image pixels. */
	readonly length: number;
	/** Room, in dots. */
	readonly room: number;
	/** Dots per image pixel. */
	readonly scale: number;
};

/** The visible part of one axis: the whole image, or what fits, with the cursor and some of its surroundings. */
const showAxis = (
	{length, room: dots, scale}: Axis,
	pan: number,
	cursor: number,
): {start: number; extent: number; dots: number} => {
	if (length * scale <= dots + 1e-6) {
		return {
			start: 0,
			extent: length,
			dots: Math.max(1, Math.round(length * scale)),
		};
	}

	// Pixels larger than dots are shown whole or not at all.
	const extent =
		scale < 1 ? dots / scale : Math.max(1, Math.floor(dots / scale));
	const margin = Math.min(extent * 0.15, (extent - 1) / 2);
	const start = Math.min(
		Math.max(pan, cursor + 1 + margin - extent, 0),
		cursor - margin,
		length - extent,
	);
	return {
		start: Math.max(0, scale < 1 ? start : Math.floor(start)),
		extent,
		dots: Math.max(1, extent * scale),
	};
};

/** The visible part of the image, and its scale. */
export const viewport = (state: State): Viewport => {
	const {width, height} = room(state);
	const {image} = state.subject;
	const scale = state.zoom === 'fit' ? fitScale(state) : state.zoom;
	const x = showAxis(
		{length: image.width, room: width, scale},
		state.pan.x,
		state.cursor.x,
	);
	const y = showAxis(
		{length: image.height, room: height, scale},
		state.pan.y,
		state.cursor.y,
	);
	return {
		columns: Math.min(width, Math.max(1, Math.round(x.dots))),
		rows: Math.min(height / 2, Math.max(1, Math.ceil(y.dots / 2))),
		view: {x: x.start, y: y.start, width: x.extent, height: y.extent},
		scale,
	};
};
