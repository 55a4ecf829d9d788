import {unsavedPoints, withMarked} from '../points.js';
import {cursorRequest} from '../heatmaps/request.js';
import {type State, say, wish} from '../state.js';

/** Opens the list of all keys. */
export const openHelp = (state: State): State => ({
	...state,
	dialog: {kind: 'help', scroll: 0},
});

/** Scrolls the list of all keys by lines. */
export const scrollHelp = (state: State, by: number): State =>
	state.dialog?.kind === 'help'
		? {
				...state,
				dialog: {
					kind: 'help',
					scroll: Math.max(0, state.dialog.scroll + by),
				},
			}
		: state;

/** Quits; asks first where points are unsaved. */
export const quit = (state: State): State =>
	unsavedPoints(state).length === 0
		? wish(state, {type: 'quit'})
		: {...state, dialog: {kind: 'quit'}};

/** Quits and loses unsaved points. */
export const quitUnsaved = (state: State): State => wish(state, {type: 'quit'});

/** Saves the points, then quits if that worked. */
export const saveAndQuit = (state: State): State =>
	wish(
		{...state, dialog: undefined},
		{type: 'savePoints', lists: unsavedPoints(state), thenQuit: true},
	);

/** Writes the picture as a PNG file, or in Patches and Compare the selected patch. */
export const exportPicture = (state: State): State =>
	wish(
		say(state, 'Writing a PNG file…'),
		state.focus === 'patches' || state.focus === 'compare'
			? {
					type: 'exportPatch',
					request: cursorRequest(state),
				}
			: {type: 'exportView'},
	);

/** Restores the points that an earlier session could not save. */
export const restorePoints = (state: State): State => {
	if (state.dialog?.kind !== 'recover') {
		return state;
	}

	const {marked} = state.dialog;
	return wish(
		say(
			withMarked({...state, dialog: undefined}, () => marked),
			'The points are back. s saves them.',
		),
		{type: 'discardRecovery'},
	);
};

/** Discards the points that an earlier session could not save. */
export const discardPoints = (state: State): State =>
	wish({...state, dialog: undefined}, {type: 'discardRecovery'});
