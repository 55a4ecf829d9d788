import type {Box} from '../../raster/view.js';
import {markedPoints} from '../points.js';
import {areaBox} from '../network/question.js';
import {
	type HeatmapRequest,
	cursorRequest,
	sourceOf,
} from '../heatmaps/request.js';
import {segmentationOf} from '../network/segmentations.js';
import type {Results} from '../heatmaps/results.js';
import type {Point, State} from '../state.js';
import {viewport} from '../layout/viewport.js';
import {type Explanation, explanationOf} from './explanation.js';
import {type Painting, paintingOf, withSegmentation} from './painting.js';

/** The main picture. */
export type PictureView = {
	readonly title: string;
	/** Image pixels. */
	readonly width: number;
	readonly height: number;
	/** Where the class names come from, if there is a segmentation. */
	readonly palette?: string;
	/** Dots per image pixel, or 'fit' for the whole image. */
	readonly zoom: State['zoom'];
	/** Cells that the picture covers. */
	readonly columns: number;
	readonly rows: number;
	readonly painting: Painting;
	/** The last answer, which stands in while the next one is on its way. */
	readonly meanwhile?: Painting;
	readonly cursor: Point;
	/** The box around the visible Grad-CAM pixels, in image pixels. */
	readonly box?: Box;
	/** The rectangle in question, in image pixels. */
	readonly area?: Box;
	/** Interesting points in view, during the bright half of their blinking. */
	readonly rings: readonly Point[];
	/** Whether anything in the picture blinks. */
	readonly blinks: boolean;
	readonly isFocused: boolean;
};

const boxOf = (explanation: Explanation): Box | undefined =>
	explanation.status === 'ready' ? explanation.evidence.box : undefined;

/**
The view of the main picture.

@param answered The request whose answer may stand in until the cursor's arrives.
*/
export const viewPicture = (
	state: State,
	results: Results,
	answered?: HeatmapRequest,
): PictureView => {
	const {subject, zoom, cursor} = state;
	const {columns, rows, view} = viewport(state);
	const explanation = explanationOf(state, results, cursorRequest(state));
	const isLate =
		explanation.status === 'waiting' && answered?.subject === subject.id;
	const earlier = isLate ? explanationOf(state, results, answered) : undefined;
	const box = boxOf(earlier ?? explanation);
	const paint = (shown: Explanation): Painting =>
		withSegmentation(paintingOf(state, view, shown), state);
	const area = sourceOf(state) === 'network' ? areaBox(state) : undefined;
	const palette = segmentationOf(state)?.palette;
	const isCovered =
		state.dialog?.kind === 'help' || state.dialog?.kind === 'picker';
	const visible =
		state.pointsShown && !isCovered
			? markedPoints(state).filter(
					({x, y}) =>
						x + 1 > view.x &&
						x < view.x + view.width &&
						y + 1 > view.y &&
						y < view.y + view.height,
				)
			: [];
	return {
		title: subject.title,
		width: subject.image.width,
		height: subject.image.height,
		...(palette !== undefined && {palette}),
		zoom,
		columns,
		rows,
		painting: paint(explanation),
		...(earlier && {meanwhile: paint(earlier)}),
		cursor,
		...(box && {box}),
		...(area && {area}),
		rings: state.blink ? visible : [],
		blinks: visible.length > 0,
		isFocused: state.focus === 'pixel',
	};
};
