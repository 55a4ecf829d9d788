import type {Heatmap} from '../../cam/heatmap.js';
import {type Evidence, weighEvidence} from '../heatmaps/evidence.js';
import {networkOf} from '../network/network.js';
import type {Answer} from '../heatmaps/provider.js';
import {
	type HeatmapRequest,
	isAnswerable,
	sourceOf,
} from '../heatmaps/request.js';
import type {Results} from '../heatmaps/results.js';
import type {State} from '../state.js';

/** What is known of a pixel's Grad-CAM pixels. */
export type Explanation =
	/** There is only an image. */
	| {readonly status: 'none'}
	| {readonly status: 'waiting'}
	/** The file explains every nth pixel, and not this one. */
	| {readonly status: 'skipped'; readonly stride: number}
	| {readonly status: 'failed'; readonly problem: string}
	| {
			readonly status: 'ready';
			readonly heatmap: Answer;
			readonly evidence: Evidence;
	  };

// Cached: every frame asks for every patch, and the answer changes only with the thumbs.
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

	const evidence = weighEvidence(heatmap, subject.image, thumbs);
	weighed.set(heatmap, {subject, thumbs, evidence});
	return evidence;
};

/** The explanation of a request, from the results at hand. */
export const explanationOf = (
	state: State,
	results: Results,
	request: HeatmapRequest,
): Explanation => {
	if (!sourceOf(state)) {
		const {networkProblem: problem} = state;
		return problem === undefined
			? {status: 'none'}
			: {status: 'failed', problem};
	}

	if (request.isSkipped) {
		const {stride = 1} = state.subject.heatmaps ?? {};
		return {status: 'skipped', stride};
	}

	if (!isAnswerable(request) && networkOf(state)) {
		return {
			status: 'failed',
			problem: 'The network does not see this pixel; --fit changes that.',
		};
	}

	const result = results.get(request.key);
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
