import {stripControl} from '../../text.js';
import type {HeatmapProvider, Providers} from './provider.js';
import type {HeatmapRequest} from './request.js';
import type {Result, Results} from './results.js';

/** Turns wishes into results, a few at a time. */
export type HeatmapQueue = {
	/** Sets what the screen wants now, most urgent first. Wishes that are not repeated are dropped, unless they have been started. */
	want(requests: readonly HeatmapRequest[]): void;
	/** Replaces the providers; whatever the old ones are computing is discarded. */
	use(providers: Providers): void;
	/** Whether every wish has been answered. */
	isSettled(): boolean;
};

const messageOf = (error: unknown): string =>
	error instanceof Error ? error.message : String(error);

/**
Asks providers for what is wanted and stores the answers under their keys.

A new wish overtakes older ones: those still waiting are dropped, those in progress are told to stop by their signal. If a provider finishes one anyway, the result is kept, so that a held key still shows a heatmap now and then, however slow the provider.

@param concurrency Requests in progress at the same time.
*/
export const createHeatmapQueue = (
	results: Results,
	onResult: () => void,
	concurrency = 2,
): HeatmapQueue => {
	let providers: Providers = {};
	let waiting: HeatmapRequest[] = [];
	const running = new Map<string, AbortController>();

	const explain = async (
		provider: HeatmapProvider,
		request: HeatmapRequest,
	): Promise<void> => {
		const asked = providers;
		const controller = new AbortController();
		running.set(request.key, controller);
		let result: Result | undefined;
		try {
			result = {heatmap: await provider.explain(request, controller)};
		} catch (error) {
			result = controller.signal.aborted
				? undefined
				: {problem: stripControl(messageOf(error))};
		}

		if (asked !== providers) {
			return;
		}

		running.delete(request.key);
		if (result) {
			results.set(request.key, result);
		}

		advance();
		onResult();
	};

	const advance = (): void => {
		const free = concurrency - running.size;
		for (const request of waiting.splice(0, Math.max(0, free))) {
			void explain(providers[request.source]!, request);
		}
	};

	return {
		want(requests) {
			const wanted = new Set(requests.map(({key}) => key));
			results.touch(wanted);
			for (const [key, controller] of running) {
				if (!wanted.has(key)) {
					controller.abort();
				}
			}

			waiting = requests.filter(
				({key, source}) =>
					providers[source] && !running.has(key) && !results.get(key),
			);
			advance();
		},
		use(next) {
			for (const controller of running.values()) {
				controller.abort();
			}

			running.clear();
			waiting = [];
			providers = next;
		},
		isSettled: () => running.size === 0 && waiting.length === 0,
	};
};
