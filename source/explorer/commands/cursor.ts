import {type Point, type State, say} from '../state.js';
import {viewport} from '../layout/viewport.js';

const clamp = (value: number, length: number): number =>
	Math.min(Math.max(value, 0), length - 1);

/** Moves the cursor to the pixel nearest to a point. */
export const moveTo = (state: State, {x, y}: Point): State => {
	const {width, height} = state.subject.image;
	const cursor = {
		x: clamp(Math.trunc(x), width),
		y: clamp(Math.trunc(y), height),
	};
	return cursor.x === state.cursor.x && cursor.y === state.cursor.y
		? state
		: {...state, cursor};
};

/** Moves the cursor by a number of pixels. */
export const move = (state: State, step: Point): State =>
	moveTo(state, {x: state.cursor.x + step.x, y: state.cursor.y + step.y});

/** Moves the cursor by one screenful of pixels, vertically. */
export const page = (state: State, direction: 1 | -1): State =>
	move(state, {
		x: 0,
		y: direction * Math.max(1, Math.floor(viewport(state).view.height)),
	});

/** Moves the cursor to the first pixel of its row. */
export const rowStart = (state: State): State =>
	moveTo(state, {x: 0, y: state.cursor.y});

/** Moves the cursor to the last pixel of its row. */
export const rowEnd = (state: State): State =>
	moveTo(state, {x: state.subject.image.width - 1, y: state.cursor.y});

/** Moves the cursor to where the mouse points, and the keys to the picture. */
export const pointAt = (state: State, point: Point): State => {
	const moved = moveTo(state, point);
	return moved.focus === 'pixel' ? moved : {...moved, focus: 'pixel'};
};

/** Opens the prompt for a pixel. */
export const openGoto = (state: State): State => ({
	...state,
	dialog: {kind: 'goto', text: ''},
});

const withText = (state: State, change: (text: string) => string): State =>
	state.dialog?.kind === 'goto'
		? {...state, dialog: {kind: 'goto', text: change(state.dialog.text)}}
		: state;

/** Types into the prompt, ignoring characters that no pixel is written with. */
export const typeGoto = (state: State, character: string): State =>
	/[\d, ]/v.test(character)
		? withText(state, (text) => (text + character).slice(0, 12))
		: state;

/** Erases the last typed character. */
export const eraseGoto = (state: State): State =>
	withText(state, (text) => text.slice(0, -1));

/** Moves the cursor to the typed pixel. */
export const submitGoto = (state: State): State => {
	if (state.dialog?.kind !== 'goto') {
		return state;
	}

	const {text} = state.dialog;
	const closed = {...state, dialog: undefined};
	const [, x, y] = /^\s*(\d+)[\s,]+(\d+)\s*$/v.exec(text) ?? [];
	if (x === undefined || y === undefined) {
		return say(
			closed,
			`"${text}" is not a pixel. Type x,y, as in 120,45.`,
			'error',
		);
	}

	const {width, height} = state.subject.image;
	const point = {x: Number(x), y: Number(y)};
	return point.x < width && point.y < height
		? moveTo({...closed, focus: 'pixel'}, point)
		: say(
				closed,
				`${x},${y} is outside the image. It ends at ${width - 1},${height - 1}.`,
				'error',
			);
};
