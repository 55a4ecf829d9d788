import type {Effect} from './effect.js';
import {type Frame, frame} from './frame.js';
import type {Providers} from './heatmaps/provider.js';
import {createHeatmapQueue} from './heatmaps/queue.js';
import {
	type HeatmapRequest,
	cursorRequest,
	isAnswerable,
	sourceOf,
	wantedRequests,
} from './heatmaps/request.js';
import {createResults} from './heatmaps/results.js';
import type {State} from './state.js';
import {createStore} from './store.js';

/** A running explorer, without a terminal. */
export type Session = {
	getState(): State;
	/** Applies a command or an event to the state. */
	update(change: (state: State) => State): void;
	/** The current frame. */
	getFrame(): Frame;
	/** Listens for changes of the frame. @returns how to stop. */
	subscribe(listener: () => void): () => void;
	/** Sets the providers of heatmaps. */
	use(providers: Providers): void;
	/** Whether the frame has everything that will arrive within a moment: a file answers so fast, a network does not. */
	isComplete(): boolean;
	/** Whether every heatmap on the screen has arrived. */
	isSettled(): boolean;
};

/** Milliseconds that the last heatmap stays while the next is on its way: long enough that moving does not flicker, too short to be mistaken for the answer. */
const persistence = 120;

/**
Connects the state with the computation of its heatmaps.

@param run Carries out the effects of commands.
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
	const queue = createHeatmapQueue(results, changed);
	const store = createStore(initial, run);

	/** Whether the cursor's heatmap has arrived, or there will be none. */
	const isAnswered = (): boolean => {
		const state = store.getState();
		const request = cursorRequest(state);
		return (
			sourceOf(state) === undefined ||
			!isAnswerable(request) ||
			results.get(request.key) !== undefined
		);
	};

	/** Lets the last answer stay a moment longer. */
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
		queue.want(wantedRequests(store.getState()));
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
			queue.use(providers);
			wantHeatmaps();
		},
		isComplete: () => isAnswered() || sourceOf(store.getState()) === 'network',
		isSettled: () =>
			queue.isSettled() && store.getState().network !== 'opening',
	};
};
