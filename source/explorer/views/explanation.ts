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

// Every frame asks again for every patch; the answer changes with the thumbs only.
const weighed = new WeakMap<
	Heatmap,
	Pick<State, 'subject' | 'thumbs'> & {evidence: Evidence}
>();

const evidenceOf = (state: State, heatmap: Heatmap): Evidence => {
	const {subject, thumbs} = state;
	const known = weighed.get(heatmap);
	if (known?.thumbs === thumbs && known.subject === subject) {
		return known.evidence;
	}

	const evidence = weighEvidence(
		heatmap,
		subject.image,
		thumbs,
		subject.heatmaps,
	);
	weighed.set(heatmap, {subject, thumbs, evidence});
	return evidence;
};

/** Looks a request up among the results. */
export const explain = (
	state: State,
	results: Results,
	{key}: HeatmapRequest,
): Explanation => {
	if (!state.subject.heatmaps) {
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
		evidence: evidenceOf(state, heatmap),
	};
};
