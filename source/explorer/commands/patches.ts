import {cursorRequest} from '../heatmaps/request.js';
import {type Patch, type State, say} from '../state.js';
import {cursorPatch, orderedPatches} from '../patches.js';
import {moveTo} from './cursor.js';

const select = (state: State, {request, place}: Patch): State => ({
	...state,
	selectedPatch: {...state.selectedPatch, [place]: request.key},
});

const add = (state: State, place: Patch['place']): State => {
	const patch: Patch = {request: cursorRequest(state), place};
	return select({...state, patches: [...state.patches, patch]}, patch);
};

/** Keeps the pixel under the cursor as a patch. */
export const makePatch = (state: State): State => {
	const {x, y} = state.cursor;
	const existing = cursorPatch(state);
	return existing
		? say(select(state, existing), `${x},${y} is a patch already.`)
		: add(state, 'patches');
};

/** Moves the cursor's patch to Compare or back, creating it first if need be. */
export const toggleCompare = (state: State): State => {
	const patch = cursorPatch(state);
	if (!patch) {
		return add(state, 'compare');
	}

	const moved: Patch = {
		...patch,
		place: patch.place === 'compare' ? 'patches' : 'compare',
	};
	return select(
		{
			...state,
			patches: [...state.patches.filter((other) => other !== patch), moved],
		},
		moved,
	);
};

/** Moves the cursor to a patch's pixel and asks the patch's question. */
const show = (state: State, {request}: Patch): State =>
	moveTo(
		request.question
			? {...state, prefersNetwork: true, question: request.question}
			: {...state, prefersNetwork: false},
		request,
	);

/** Removes the cursor's patch. */
export const removePatch = (state: State): State => {
	const patch = cursorPatch(state);
	if (!patch) {
		const {x, y} = state.cursor;
		return say(state, `No patch at ${x},${y}. Enter makes one.`);
	}

	const before = orderedPatches(state, patch.place);
	const after = before.filter((other) => other !== patch);
	const neighbour = after.at(Math.min(before.indexOf(patch), after.length - 1));
	const removed: State = {
		...state,
		patches: state.patches.filter((other) => other !== patch),
		selectedPatch: {
			...state.selectedPatch,
			[patch.place]: neighbour?.request.key,
		},
	};
	// In a list, repeating the key removes the next one; in the picture the cursor stays.
	return neighbour && state.focus === patch.place
		? show(removed, neighbour)
		: removed;
};

/** Selects the patch `by` places further on in Patches or Compare, and shows it in the picture. */
const selectIn =
	(place: Patch['place']) =>
	(state: State, by: number): State => {
		const patches = orderedPatches(state, place);
		const current = patches.findIndex(
			({request}) => request.key === state.selectedPatch[place],
		);
		const isShown =
			current !== -1 &&
			patches[current].request.key === cursorRequest(state).key;
		// After the cursor has left it, the first key returns to the selected patch.
		const next = isShown ? current + by : Math.max(current, 0);
		const patch = patches[Math.min(Math.max(next, 0), patches.length - 1)];
		return patch ? show(select(state, patch), patch) : state;
	};

/** Selects the patch `by` places further on in the Patches pane. */
export const selectPatch = selectIn('patches');

/** Selects the patch `by` places further on in the Compare pane. */
export const selectCompared = selectIn('compare');

/** Selects a patch by its key and shows it in the picture. */
export const pickPatch = (state: State, key: string): State => {
	const patch = state.patches.find(({request}) => request.key === key);
	return patch
		? show({...select(state, patch), focus: patch.place}, patch)
		: state;
};
