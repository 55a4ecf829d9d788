import {type PaneName, visiblePanes} from '../panes.js';
import type {State} from '../state.js';

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

/** Goes back one level: closes the dialog, or returns from a pane to the picture. Never quits. */
export const back = (state: State): State =>
	state.dialog
		? {...state, dialog: undefined}
		: {...state, focus: 'pixel', message: undefined};
