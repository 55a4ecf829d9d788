import type {Heatmap} from '../cam/heatmap.js';
import {stripControl} from '../text.js';
import type {HeatmapRequest} from './request.js';
import type {Result, Results} from './results.js';

/** Where heatmaps come from: a CSV file, or a network. */
export type HeatmapProvider = {
	readonly kind: 'file' | 'network';
	/** @throws one line for the screen, where the pixel cannot be explained. */
	explain(
		request: HeatmapRequest,
		options: {readonly signal: AbortSignal},
	): Promise<Heatmap>;
	close(): void;
};

/** Turns wishes into results, a few at a time. */
export type Explainer = {
	/** What the screen wants now, the most urgent first; wishes that are not repeated are dropped unless already begun. */
	want(requests: readonly HeatmapRequest[]): void;
	/** Changes the source; what the old one still computes is forgotten. */
	use(provider: HeatmapProvider | undefined): void;
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
	let provider: HeatmapProvider | undefined;
	let waiting: HeatmapRequest[] = [];
	const running = new Map<string, AbortController>();

	const explain = async (
		source: HeatmapProvider,
		request: HeatmapRequest,
	): Promise<void> => {
		const controller = new AbortController();
		running.set(request.key, controller);
		let result: Result | undefined;
		try {
			result = {heatmap: await source.explain(request, controller)};
		} catch (error) {
			result = controller.signal.aborted
				? undefined
				: {problem: stripControl(messageOf(error))};
		}

		if (source !== provider) {
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
		if (!provider) {
			return;
		}

		const free = concurrency - running.size;
		for (const request of waiting.splice(0, Math.max(0, free))) {
			void explain(provider, request);
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
				({key}) => !running.has(key) && !results.get(key),
			);
			advance();
		},
		use(next) {
			for (const controller of running.values()) {
				controller.abort();
			}

			running.clear();
			waiting = [];
			provider = next;
		},
		isSettled: () => running.size === 0 && waiting.length === 0,
	};
};
