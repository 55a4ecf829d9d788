import type {Color} from '../../raster/image.js';
import type {SegmentationClass} from '../../raster/segmentation.js';
import {classAt} from '../patches.js';
import {isMarked} from '../points.js';
import {cursorRequest} from '../request.js';
import type {Results} from '../results.js';
import type {Point, State} from '../state.js';
import {type Explanation, explain} from './explanation.js';

/** What is known of the pixel under the cursor. */
export type PixelView = {
	readonly point: Point;
	readonly isMarked: boolean;
	/** The class that the segmentation gives it; its colour is the segmentation's. */
	readonly segmentationClass?: SegmentationClass;
	/** The image's colour. */
	readonly color: Color;
	readonly explanation: Explanation;
};

export const viewPixel = (state: State, results: Results): PixelView => {
	const {
		cursor,
		subject: {image},
	} = state;
	const offset = (cursor.y * image.width + cursor.x) * 3;
	const [red = 0, green = 0, blue = 0] = image.data.subarray(
		offset,
		offset + 3,
	);
	const segmentationClass = classAt(state, cursor);
	return {
		point: cursor,
		isMarked: isMarked(state, cursor),
		...(segmentationClass && {segmentationClass}),
		color: (red << 16) | (green << 8) | blue,
		explanation: explain(state, results, cursorRequest(state)),
	};
};
