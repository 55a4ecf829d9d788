import type {Effect} from './effect.js';
import type {State} from './state.js';
import {viewport} from './layout/viewport.js';

/** The only place that holds the state. */
export type Store = {
	getState(): State;
	/** Applies a change to the state; its effects are started before this returns. */
	update(change: (state: State) => State): void;
	/** @returns how to stop listening. */
	subscribe(listener: () => void): () => void;
};

/** Scrolls the picture to the cursor. */
const settle = (state: State): State => {
	const {x, y} = viewport(state).view;
	return x === state.pan.x && y === state.pan.y
		? state
		: {...state, pan: {x, y}};
};

/**
Holds a state and passes its effects to `run`.

@param run Carries out one effect; it reports back through `update`.
*/
export const createStore = (
	initial: State,
	run: (effect: Effect) => void,
): Store => {
	let state = settle(initial);
	const listeners = new Set<() => void>();
	return {
		getState: () => state,
		update(change) {
			const next = settle(change(state));
			if (next === state) {
				return;
			}

			const {outbox} = next;
			state = outbox.length === 0 ? next : {...next, outbox: []};
			for (const effect of outbox) {
				run(effect);
			}

			for (const listener of listeners) {
				listener();
			}
		},
		subscribe(listener) {
			listeners.add(listener);
			return () => {
				listeners.delete(listener);
			};
		},
	};
};
