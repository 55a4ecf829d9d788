import type {Color} from '../../raster/image.js';
import type {SegmentationClass} from '../../raster/segmentation.js';
import {networkOf} from '../network/network.js';
import {classAt} from '../network/segmentations.js';
import {isMarked} from '../points.js';
import {cursorRequest, sourceOf} from '../heatmaps/request.js';
import type {Results} from '../heatmaps/results.js';
import type {Point, State} from '../state.js';
import {targetText} from './caption.js';
import {type Explanation, explanationOf} from './explanation.js';

/** What is known of the pixel under the cursor. */
export type PixelView = {
	readonly point: Point;
	readonly isMarked: boolean;
	/** The segmentation's class and colour. */
	readonly segmentationClass?: SegmentationClass;
	/** Whether a segmentation could be there but is not: a classifier has none. */
	readonly wantsSegmentation: boolean;
	/** The image's colour. */
	readonly color: Color;
	readonly explanation: Explanation;
	/** The network's question; absent without a network. */
	readonly asked?: AskedView;
};

/** The network's question about the pixel. */
export type AskedView = {
	/** "car", or "car, not road". */
	readonly text: string;
	/** The same where there is little room: "car − road". */
	readonly shortText: string;
	/** The target class's logit. */
	readonly color: Color;
	/** "area" or "rectangle"; absent for the pixel alone. */
	readonly area?: string;
	/** Cells of the network's output that are summed. */
	readonly cells: number;
};

const areaNames = {
	pixel: undefined,
	component: 'area',
	drawing: 'rectangle',
	rectangle: 'rectangle',
} as const;

const viewAsked = (state: State): AskedView | undefined => {
	const request = cursorRequest(state);
	const network = networkOf(state);
	const text = targetText(state, request);
	if (sourceOf(state) !== 'network' || !network || text === undefined) {
		return undefined;
	}

	const {class: id, cells} = request.target!;
	const area = areaNames[state.question.area.kind];
	return {
		text,
		shortText: targetText(state, request, ' − ') ?? '',
		color: network.classes[id].color,
		...(area && {area}),
		cells: cells.length,
	};
};

/** The view of the Pixel pane: the pixel under the cursor, and its heatmap in numbers. */
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
	const asked = viewAsked(state);
	return {
		point: cursor,
		isMarked: isMarked(state, cursor),
		...(segmentationClass && {segmentationClass}),
		wantsSegmentation: networkOf(state) === undefined,
		color: (red << 16) | (green << 8) | blue,
		explanation: explanationOf(state, results, cursorRequest(state)),
		...(asked && {asked}),
	};
};
