import {UsageError} from '../../errors.js';
import type {Point} from '../../explorer/state.js';
import type {Size} from '../../raster/view.js';

/** A size in cells. */
export type ScreenSize = {readonly columns: number; readonly rows: number};

/** The largest width and height of a printed frame, in cells. */
const largestScreen = 1000;

/**
Reads `--size`.

@throws {UsageError} If it is not COLSxROWS.
*/
export const parseSize = (text: string): ScreenSize => {
	const [, columns = 0, rows = 0] = (/^(\d+)[x×](\d+)$/v.exec(text) ?? []).map(
		Number,
	);
	if (
		columns < 1 ||
		rows < 1 ||
		columns > largestScreen ||
		rows > largestScreen
	) {
		throw new UsageError(
			`--size "${text}" is not a screen size; write COLSxROWS, as in 100x40, each from 1 to ${largestScreen}`,
		);
	}

	return {columns, rows};
};

/**
Reads `--at`.

@throws {UsageError} If it is not X,Y, or outside the image.
*/
export const parsePoint = (text: string, {width, height}: Size): Point => {
	const [, x, y] = (/^(\d+),(\d+)$/v.exec(text) ?? []).map(Number);
	if (x === undefined || y === undefined) {
		throw new UsageError(
			`--at "${text}" is not a pixel; write X,Y, as in 120,45`,
		);
	}

	if (x >= width || y >= height) {
		throw new UsageError(
			`--at "${text}" is outside the image; it is ${width}×${height}, so its last pixel is ${width - 1},${height - 1}`,
		);
	}

	return {x, y};
};
