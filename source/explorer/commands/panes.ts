import {type PaneName, visiblePanes} from '../panes.js';
import type {State} from '../state.js';

/** Gives the keys to a pane. */
export const focusPane = (state: State, focus: PaneName): State => ({
	...state,
	focus,
});

/** Gives the keys to the pane `by` further; the ring closes. */
export const stepPane = (state: State, by: number): State => {
	const names = visiblePanes(state);
	return focusPane(
		state,
		names.at((names.indexOf(state.focus) + by) % names.length)!,
	);
};

/** Leaves what is open: a dialog, else the pane for the picture. Never the program. */
export const back = (state: State): State =>
	state.dialog
		? {...state, dialog: undefined}
		: {...state, focus: 'pixel', message: undefined};
