import type {Effect} from './effect.js';
import {type Frame, frame} from './frame.js';
import {type Providers, createExplainer} from './provider.js';
import {
	cursorRequest,
	isAnswerable,
	sourceOf,
	wantedRequests,
} from './request.js';
import {createResults} from './results.js';
import type {State} from './state.js';
import {createStore} from './store.js';

/** A running explorer, without a terminal. */
export type Session = {
	getState(): State;
	/** Replaces the state by what a command or an event makes of it. */
	update(change: (state: State) => State): void;
	/** What is to be seen now. */
	getFrame(): Frame;
	/** Listens for what changes the frame. @returns how to stop. */
	subscribe(listener: () => void): () => void;
	/** Changes where heatmaps come from. */
	use(providers: Providers): void;
	/** Whether the cursor's heatmap is at hand, or there will be none. */
	isComplete(): boolean;
	/** Whether every heatmap on the screen is. */
	isSettled(): boolean;
};

/**
Joins the state with what it needs computed.

@param run - Does what commands want done outside.
*/
export const createSession = (
	initial: State,
	run: (effect: Effect) => void,
): Session => {
	const listeners = new Set<() => void>();
	let latest: Frame | undefined;
	const changed = (): void => {
		latest = undefined;
		for (const listener of listeners) {
			listener();
		}
	};

	const results = createResults();
	const explainer = createExplainer(results, changed);
	const store = createStore(initial, run);
	const wantHeatmaps = (): void => {
		explainer.want(wantedRequests(store.getState()));
	};

	store.subscribe(() => {
		wantHeatmaps();
		changed();
	});
	return {
		getState: store.getState,
		update: store.update,
		getFrame() {
			latest ??= frame(store.getState(), results);
			return latest;
		},
		subscribe(listener) {
			listeners.add(listener);
			return () => {
				listeners.delete(listener);
			};
		},
		use(providers) {
			explainer.use(providers);
			wantHeatmaps();
		},
		isComplete() {
			const state = store.getState();
			const request = cursorRequest(state);
			return (
				sourceOf(state) === undefined ||
				!isAnswerable(request) ||
				results.get(request.key) !== undefined
			);
		},
		isSettled: () =>
			explainer.isSettled() && store.getState().network !== 'opening',
	};
};
