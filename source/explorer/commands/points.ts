import {
	caseNames,
	isMarked,
	markedPoints,
	unsavedPoints,
	withMarked,
} from '../points.js';
import {type State, say, wish} from '../state.js';
import {moveTo} from './cursor.js';

const indexOf = ({subject, cursor}: State): number =>
	cursor.y * subject.image.width + cursor.x;

/** Marks or unmarks the pixel under the cursor as interesting. */
export const togglePoint = (state: State): State => {
	const index = indexOf(state);
	return isMarked(state, state.cursor)
		? removePoint(state)
		: withMarked({...state, blink: true}, (marked) => [...marked, index]);
};

/** Unmarks the pixel under the cursor. */
export const removePoint = (state: State): State => {
	const index = indexOf(state);
	return isMarked(state, state.cursor)
		? withMarked(state, (marked) => marked.filter((other) => other !== index))
		: say(
				state,
				`${state.cursor.x},${state.cursor.y} is not marked as interesting.`,
			);
};

/** Unmarks the selected point and selects the next one. */
export const removeSelectedPoint = (state: State): State => {
	const point = markedPoints(state)[state.selectedPoint];
	if (!point) {
		return say(
			state,
			caseNames(state).length === 0
				? 'No pixel is marked; i marks the one under the cursor.'
				: 'Only points can be removed; a case stays in its file.',
		);
	}

	const removed = removePoint(moveTo(state, point));
	return selectPoint(removed, 0);
};

/** Shows or hides the rings around interesting points. */
export const togglePoints = (state: State): State =>
	say(
		{...state, pointsShown: !state.pointsShown},
		state.pointsShown
			? 'Interesting points are hidden. q shows them.'
			: 'Interesting points are shown.',
	);

/** Saves the marked points of all images. */
export const savePoints = (state: State): State => {
	const lists = unsavedPoints(state);
	return lists.length === 0
		? say(state, 'All interesting points are saved already.')
		: wish(state, {type: 'savePoints', lists, thenQuit: false});
};

const pick = (state: State, row: number): State => {
	const points = markedPoints(state);
	const last = points.length + caseNames(state).length - 1;
	const selectedPoint = Math.max(0, Math.min(row, last));
	const point = points[selectedPoint];
	const selected = {...state, selectedPoint};
	return point ? moveTo(selected, point) : selected;
};

/** Selects the row `by` places further on in the Points pane; a point is shown in the picture. */
export const selectPoint = (state: State, by: number): State =>
	pick(state, state.selectedPoint + by);

/** Selects a row of the Points pane; a point is shown in the picture. */
export const pickPoint = (state: State, row: number): State =>
	pick({...state, focus: 'points'}, row);

/** Opens the selected case, or goes to the selected point in the picture. */
export const openPoint = (state: State): State => {
	const points = markedPoints(state);
	const name = caseNames(state)[state.selectedPoint - points.length];
	if (name === undefined) {
		return points.length === 0
			? state
			: {...pick(state, state.selectedPoint), focus: 'pixel'};
	}

	return name === state.subject.name
		? say(state, `${name} is open already.`)
		: wish(state, {type: 'openCase', name});
};
