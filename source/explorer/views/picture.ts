import type {Box} from '../../raster/view.js';
import {markedPoints} from '../points.js';
import {cursorRequest} from '../request.js';
import type {Results} from '../results.js';
import type {Point, State} from '../state.js';
import {viewport} from '../viewport.js';
import {explain} from './explanation.js';
import {type Painting, paintingOf} from './painting.js';

/** The main picture. */
export type PictureView = {
	readonly title: string;
	/** Image pixels. */
	readonly width: number;
	readonly height: number;
	/** Who named the classes, if there is a segmentation. */
	readonly palette?: string;
	/** Dots per image pixel, or that all of the image is seen. */
	readonly zoom: State['zoom'];
	/** Cells that the picture covers. */
	readonly columns: number;
	readonly rows: number;
	readonly painting: Painting;
	readonly cursor: Point;
	/** Around the cursor's Grad-CAM pixels, in image pixels. */
	readonly box?: Box;
	/** Interesting points in view, while they are in the bright half of their blinking. */
	readonly rings: readonly Point[];
	/** Whether anything in the picture blinks. */
	readonly blinks: boolean;
	readonly isFocused: boolean;
};

export const viewPicture = (state: State, results: Results): PictureView => {
	const {subject, zoom, cursor} = state;
	const {columns, rows, view} = viewport(state);
	const explanation = explain(state, results, cursorRequest(state));
	const {heatmap, evidence} = explanation.status === 'ready' ? explanation : {};
	const isCovered =
		state.dialog?.kind === 'help' || state.dialog?.kind === 'picker';
	const visible = state.pointsShown && !isCovered
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
		...(subject.segmentation && {palette: subject.segmentation.palette}),
		zoom,
		columns,
		rows,
		painting: paintingOf(state, view, heatmap, state.segmentationOpacity),
		cursor,
		...(evidence?.box && {box: evidence.box}),
		rings: state.blink ? visible : [],
		blinks: visible.length > 0,
		isFocused: state.focus === 'pixel',
	};
};
