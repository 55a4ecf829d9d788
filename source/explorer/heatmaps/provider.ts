import type {Heatmap} from '../../cam/heatmap.js';
import type {HeatmapRequest, Source} from './request.js';

/** A heatmap, and the milliseconds it took. */
export type Answer = Heatmap & {readonly ms?: number};

/** Where heatmaps come from: a CSV file, or a network. */
export type HeatmapProvider = {
	/** @throws a line for the screen, where the pixel cannot be explained. */
	explain(
		request: HeatmapRequest,
		options: {readonly signal: AbortSignal},
	): Promise<Answer>;
	close(): void;
};

/** The providers, by the source that a request names. */
export type Providers = Readonly<Partial<Record<Source, HeatmapProvider>>>;
