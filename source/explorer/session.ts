import type {Effect} from './effect.js';
import {type Frame, frame} from './frame.js';
import {type Providers, createExplainer} from './provider.js';
import {
	type HeatmapRequest,
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
	/** Whether what is to be seen lacks nothing that comes within a moment: a file answers so soon, a network does not. */
	isComplete(): boolean;
	/** Whether every heatmap on the screen is. */
	isSettled(): boolean;
};

/** Milliseconds that the last heatmap stays in the picture while the next is on its way: long enough that a walk does not flicker, too short to be taken for the answer. */
const persistence = 120;

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
	let answered: HeatmapRequest | undefined;
	let forgetting: ReturnType<typeof setTimeout> | undefined;
	const changed = (): void => {
		latest = undefined;
		remember();
		for (const listener of listeners) {
			listener();
		}
	};

	const results = createResults();
	const explainer = createExplainer(results, changed);
	const store = createStore(initial, run);

	/** Whether the cursor's heatmap is at hand, or there will be none. */
	const isAnswered = (): boolean => {
		const state = store.getState();
		const request = cursorRequest(state);
		return (
			sourceOf(state) === undefined ||
			!isAnswerable(request) ||
			results.get(request.key) !== undefined
		);
	};

	/** Keeps what the cursor has been answered for a moment longer. */
	const remember = (): void => {
		if (isAnswered()) {
			clearTimeout(forgetting);
			forgetting = undefined;
			answered = cursorRequest(store.getState());
		} else if (answered) {
			forgetting ??= setTimeout(() => {
				forgetting = undefined;
				answered = undefined;
				changed();
			}, persistence);
		}
	};

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
			latest ??= frame(store.getState(), results, answered);
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
		isComplete: () => isAnswered() || sourceOf(store.getState()) === 'network',
		isSettled: () =>
			explainer.isSettled() && store.getState().network !== 'opening',
	};
};
