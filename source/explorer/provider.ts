import type {Heatmap} from '../cam/heatmap.js';
import {stripControl} from '../text.js';
import type {HeatmapRequest, Source} from './request.js';
import type {Result, Results} from './results.js';

/** A heatmap, and the milliseconds that it took to compute. */
export type Answer = Heatmap & {readonly ms?: number};

/** Where heatmaps come from: a CSV file, or a network. */
export type HeatmapProvider = {
	readonly kind: Source;
	/** @throws one line for the screen, where the pixel cannot be explained. */
	explain(
		request: HeatmapRequest,
		options: {readonly signal: AbortSignal},
	): Promise<Answer>;
	close(): void;
};

/** Whom to ask, by what a request says. */
export type Providers = Readonly<Partial<Record<Source, HeatmapProvider>>>;

/** Turns wishes into results, a few at a time. */
export type Explainer = {
	/** What the screen wants now, the most urgent first; wishes that are not repeated are dropped unless already begun. */
	want(requests: readonly HeatmapRequest[]): void;
	/** Changes whom to ask; what the old ones still compute is forgotten. */
	use(providers: Providers): void;
	/** Whether every wish has been answered. */
	isSettled(): boolean;
};

const messageOf = (error: unknown): string =>
	error instanceof Error ? error.message : String(error);

/**
Asks a provider for what is wanted and puts the answers under their keys.

A newer wish overtakes the older ones: those still waiting are dropped, those begun are told to stop by their signal. What such a provider finishes all the same is kept, so that a held key still shows a heatmap now and then, however slow the provider.

@param concurrency - Requests under way at the same time.
*/
export const createExplainer = (
	results: Results,
	onResult: () => void,
	concurrency = 2,
): Explainer => {
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
