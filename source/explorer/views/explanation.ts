import type {Heatmap} from '../../cam/heatmap.js';
import {type Evidence, weighEvidence} from '../evidence.js';
import type {HeatmapRequest} from '../request.js';
import type {Results} from '../results.js';
import type {State} from '../state.js';

/** What is known of a pixel's Grad-CAM pixels. */
export type Explanation =
	/** There is only an image. */
	| {readonly status: 'none'}
	| {readonly status: 'waiting'}
	| {readonly status: 'failed'; readonly problem: string}
	| {
			readonly status: 'ready';
			readonly heatmap: Heatmap;
			readonly evidence: Evidence;
	  };

/** Looks a request up among the results. */
export const explain = (
	{subject, thumbs}: State,
	results: Results,
	{key}: HeatmapRequest,
): Explanation => {
	if (!subject.heatmaps) {
		return {status: 'none'};
	}

	const result = results.get(key);
	if (!result) {
		return {status: 'waiting'};
	}

	if ('problem' in result) {
		return {status: 'failed', problem: result.problem};
	}

	const {heatmap} = result;
	return {
		status: 'ready',
		heatmap,
		evidence: weighEvidence(heatmap, subject.image, thumbs, subject.heatmaps),
	};
};
