import {cursorPatch} from '../patches.js';
import {isMarked} from '../points.js';
import {type State, say} from '../state.js';
import {removePatch} from './patches.js';
import {removePoint} from './points.js';

/** Removes what is at the cursor: the patch, or else the mark. */
export const remove = (state: State): State => {
	if (cursorPatch(state)) {
		return removePatch(state);
	}

	const {x, y} = state.cursor;
	return isMarked(state, state.cursor)
		? removePoint(state)
		: say(state, `Neither a patch nor an interesting point is at ${x},${y}.`);
};
