import type {Point, State, Subject} from './state.js';

/** The interesting points of one image, as flat indices `y · width + x`. */
export type PointList = {
	/** The file they are stored in. */
	readonly file: string;
	/** The image's name. */
	readonly name: string;
	/** The points in the file, as last known. */
	readonly saved: readonly number[];
	/** The points marked now. */
	readonly marked: readonly number[];
};

const isOf =
	({pointsFile, name}: Subject) =>
	(list: PointList): boolean =>
		list.file === pointsFile && list.name === name;

/** The list of the image on screen. */
export const currentPoints = (state: State): PointList =>
	state.points.find(isOf(state.subject)) ?? {
		file: state.subject.pointsFile,
		name: state.subject.name,
		saved: [],
		marked: [],
	};

/** The interesting points that lie inside the image on screen. */
export const markedPoints = (state: State): readonly Point[] => {
	const {width, height} = state.subject.image;
	return currentPoints(state)
		.marked.filter((index) => index < width * height)
		.map((index) => ({x: index % width, y: Math.floor(index / width)}));
};

/** Whether a pixel of the image on screen is marked. */
export const isMarked = (state: State, {x, y}: Point): boolean =>
	currentPoints(state).marked.includes(y * state.subject.image.width + x);

/** The state with other points marked in the image on screen. */
export const withMarked = (
	state: State,
	change: (marked: readonly number[]) => readonly number[],
): State => {
	const list = currentPoints(state);
	const isThis = isOf(state.subject);
	const changed = {...list, marked: change(list.marked)};
	return {
		...state,
		points: state.points.some((other) => isThis(other))
			? state.points.map((other) => (isThis(other) ? changed : other))
			: [...state.points, changed],
	};
};

const isChanged = ({saved, marked}: PointList): boolean =>
	saved.length !== marked.length ||
	marked.some((index) => !saved.includes(index));

/** The lists that differ from their files. */
export const unsavedPoints = (state: State): readonly PointList[] =>
	state.points.filter((list) => isChanged(list));

/** The images that the points file names, led by the one on screen if it has points; none where there is no other. */
export const caseNames = (state: State): readonly string[] => {
	const {cases, name} = state.subject;
	return cases.length > 0 && currentPoints(state).marked.length > 0
		? [name, ...cases]
		: cases;
};
