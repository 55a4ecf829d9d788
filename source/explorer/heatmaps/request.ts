import {type Question, type Target, targetOf} from '../network/question.js';
import type {Point, State, Subject} from '../state.js';

/** Where heatmaps come from. */
export type Source = 'file' | 'network';

/** One heatmap that the screen wants. Everything that affects the answer is in it and in its key. */
export type HeatmapRequest = Point & {
	/** Equal exactly for equal requests. */
	readonly key: string;
	/** The subject's id. */
	readonly subject: string;
	readonly source: Source;
	/** Whether the file leaves this pixel out. */
	readonly isSkipped?: boolean;
	/** The question for a network. */
	readonly question?: Question;
	/** The resolved question; undefined where the network does not see the pixel. */
	readonly target?: Target;
};

/** Where the heatmaps on screen come from; undefined where there is only an image. */
export const sourceOf = ({
	subject,
	network,
	prefersNetwork,
}: State): Source | undefined => {
	if (subject.heatmaps && !(prefersNetwork && network)) {
		return 'file';
	}

	return network && 'network';
};

/** The request for a pixel's heatmap in the subject's file. */
export const requestAt = (subject: Subject, {x, y}: Point): HeatmapRequest => {
	const {stride = 1} = subject.heatmaps ?? {};
	return {
		key: `${subject.id}:${x},${y}`,
		subject: subject.id,
		source: 'file',
		isSkipped: x % stride > 0 || y % stride > 0,
		x,
		y,
	};
};

const keyOf = (
	{id}: Subject,
	{x, y, question, target}: Omit<HeatmapRequest, 'key' | 'subject' | 'source'>,
): string =>
	JSON.stringify([
		id,
		question?.layer,
		question?.method,
		target?.class,
		target?.versus,
		target?.area ?? `${x},${y}`,
	]);

/** The same request after the image was reopened. */
export const renewRequest = (
	subject: Subject,
	request: HeatmapRequest,
): HeatmapRequest =>
	request.source === 'file'
		? requestAt(subject, request)
		: {...request, subject: subject.id, key: keyOf(subject, request)};

const networkRequest = (state: State): HeatmapRequest => {
	const {
		subject,
		cursor: {x, y},
		question,
	} = state;
	const target = targetOf(state);
	const asked = {x, y, question, ...(target && {target})};
	return {
		key: keyOf(subject, asked),
		subject: subject.id,
		source: 'network',
		...asked,
	};
};

// Cached: a frame asks several times, and resolving a large area takes a while.
const requests = new WeakMap<State, HeatmapRequest>();

/** The heatmap of what is under the cursor. */
export const cursorRequest = (state: State): HeatmapRequest => {
	const request =
		requests.get(state) ??
		(sourceOf(state) === 'network'
			? networkRequest(state)
			: requestAt(state.subject, state.cursor));
	requests.set(state, request);
	return request;
};

/** Whether any provider can answer. */
export const isAnswerable = ({
	source,
	isSkipped,
	target,
}: HeatmapRequest): boolean =>
	source === 'file' ? !isSkipped : target !== undefined;

/** All heatmaps on the screen, most urgent first. */
export const wantedRequests = (state: State): readonly HeatmapRequest[] => {
	if (!sourceOf(state)) {
		return [];
	}

	const cursor = cursorRequest(state);
	return [
		cursor,
		...state.patches
			.map(({request}) => request)
			.filter(({key}) => key !== cursor.key),
	].filter((request) => isAnswerable(request));
};
