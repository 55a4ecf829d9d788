import type {Effect} from './effect.js';
import type {State} from './state.js';
import {viewport} from './viewport.js';

/** The one place that a state is kept. */
export type Store = {
	getState(): State;
	/** Replaces the state by what a change makes of it; what it wants done outside is begun before this returns. */
	update(change: (state: State) => State): void;
	/** @returns how to stop listening. */
	subscribe(listener: () => void): () => void;
};

/** Lets the picture follow the cursor. */
const settle = (state: State): State => {
	const {x, y} = viewport(state).view;
	return x === state.pan.x && y === state.pan.y
		? state
		: {...state, pan: {x, y}};
};

/**
Keeps a state and hands what it wants done to `run`.

@param run - Does one thing outside; it reports back by `update`.
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
