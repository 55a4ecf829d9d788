import type {State} from '../state.js';
import {fitScale, scales, viewport} from '../layout/viewport.js';

/** Changes the scale; the cursor stays where it is on the screen. */
const zoomTo = (state: State, zoom: State['zoom']): State => {
	const {view, scale} = viewport(state);
	const next = zoom === 'fit' ? fitScale(state) : zoom;
	const around = (start: number, cursor: number): number =>
		cursor + 0.5 - ((cursor + 0.5 - start) * scale) / next;
	return {
		...state,
		zoom,
		pan: {
			x: around(view.x, state.cursor.x),
			y: around(view.y, state.cursor.y),
		},
	};
};

/** Zooms in. */
export const zoomIn = (state: State): State => {
	const {scale} = viewport(state);
	const next = scales.find((candidate) => candidate > scale * 1.01);
	return next === undefined ? state : zoomTo(state, next);
};

/** Zooms out, until the whole image is visible. */
export const zoomOut = (state: State): State => {
	if (state.zoom === 'fit') {
		return state;
	}

	const {scale} = viewport(state);
	const next = scales.findLast((candidate) => candidate < scale * 0.99);
	return next === undefined || next <= fitScale(state)
		? zoomTo(state, 'fit')
		: zoomTo(state, next);
};

/** Fits the whole image into the picture. */
export const zoomFit = (state: State): State => zoomTo(state, 'fit');
