import {type PaneName, visiblePanes} from '../panes.js';
import type {State} from '../state.js';
import {dropDrawing} from './area.js';

/** Focuses a pane. */
export const focusPane = (state: State, focus: PaneName): State => ({
	...state,
	focus,
});

/** Focuses the pane `by` places further on, wrapping around. */
export const stepPane = (state: State, by: number): State => {
	const names = visiblePanes(state);
	return focusPane(
		state,
		names.at((names.indexOf(state.focus) + by) % names.length)!,
	);
};

/** Goes back one level: closes the dialog, returns from a pane to the picture, or drops a rectangle that was begun. Never quits. */
export const back = (state: State): State => {
	if (state.dialog) {
		return {...state, dialog: undefined};
	}

	return state.focus === 'pixel'
		? dropDrawing({...state, message: undefined})
		: {...state, focus: 'pixel', message: undefined};
};
