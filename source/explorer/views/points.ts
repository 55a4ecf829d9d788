import type {SegmentationClass} from '../../raster/segmentation.js';
import {classAt} from '../network/segmentations.js';
import {
	caseNames,
	currentPoints,
	markedPoints,
	unsavedPoints,
} from '../points.js';
import {stripControl} from '../../text.js';
import type {Point, State} from '../state.js';
import {type ListWindow, windowAround} from './window.js';

/** A line of the Points pane; `row` selects it. */
export type PointsRow =
	| {
			readonly kind: 'point';
			readonly row: number;
			readonly point: Point;
			readonly segmentationClass?: SegmentationClass;
			readonly isSaved: boolean;
			readonly isSelected: boolean;
	  }
	| {readonly kind: 'heading'}
	| {
			readonly kind: 'case';
			readonly row: number;
			readonly name: string;
			readonly isOpen: boolean;
			readonly isSelected: boolean;
	  };

/** The Points pane: the points of this image, then the images that have points. */
export type PointsView = {
	readonly count: number;
	readonly hasUnsaved: boolean;
	readonly isShown: boolean;
	readonly window: ListWindow<PointsRow>;
};

/** @param height The pane's, in cells, with its border. */
export const viewPoints = (
	state: State,
	{height}: {height: number},
): PointsView => {
	const points = markedPoints(state);
	const cases = caseNames(state);
	const {saved} = currentPoints(state);
	const {width} = state.subject.image;
	const isSelected = (row: number): boolean =>
		state.focus === 'points' && state.selectedPoint === row;
	const rows: PointsRow[] = points.map((point, row) => {
		const segmentationClass = classAt(state, point);
		return {
			kind: 'point',
			row,
			point,
			...(segmentationClass && {segmentationClass}),
			isSaved: saved.includes(point.y * width + point.x),
			isSelected: isSelected(row),
		};
	});
	if (cases.length > 0) {
		rows.push({kind: 'heading'});
	}

	for (const [index, name] of cases.entries()) {
		const row = points.length + index;
		rows.push({
			kind: 'case',
			row,
			name: stripControl(name),
			isOpen: name === state.subject.name,
			isSelected: isSelected(row),
		});
	}

	const selected = rows.findIndex(
		(row) => row.kind !== 'heading' && row.row === state.selectedPoint,
	);
	return {
		count: points.length,
		hasUnsaved: unsavedPoints(state).length > 0,
		isShown: state.pointsShown,
		window: windowAround(rows, selected, height - 2),
	};
};
