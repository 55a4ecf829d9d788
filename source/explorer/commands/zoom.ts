import type {State} from '../state.js';
import {fitScale, scales, viewport} from '../viewport.js';

/** Changes the scale and leaves the cursor where it is on the screen. */
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

/** Shows less of the image, larger. */
export const zoomIn = (state: State): State => {
	const {scale} = viewport(state);
	const next = scales.find((candidate) => candidate > scale * 1.01);
	return next === undefined ? state : zoomTo(state, next);
};

/** Shows more of the image, until all of it is seen. */
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

/** Shows the whole image. */
export const zoomFit = (state: State): State => zoomTo(state, 'fit');
