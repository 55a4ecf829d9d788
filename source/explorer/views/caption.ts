import {networkOf} from '../network.js';
import {classAt} from '../patches.js';
import type {HeatmapRequest} from '../request.js';
import type {State} from '../state.js';

/** What is asked: "car", "car, not road". */
export const targetText = (
	state: State,
	{target}: HeatmapRequest,
): string | undefined => {
	const classes = networkOf(state)?.classes;
	if (!classes || !target) {
		return undefined;
	}

	const {class: id, versus} = target;
	const name = classes[id]?.name ?? '';
	return versus === undefined
		? name
		: `${name}, not ${classes[versus]?.name ?? ''}`;
};

const sourceNames = {file: 'CSV', network: 'live'} as const;

/** What a patch shows: the class of its pixel, or of a network what tells it from the other patches, else what is asked; and where it comes from, if not all come from there. */
export const captionOf = (state: State, request: HeatmapRequest): string => {
	const isMixed = state.patches.some(
		({request: {source}}) => source !== request.source,
	);
	return [
		subjectOf(state, request),
		...(isMixed ? [sourceNames[request.source]] : []),
	]
		.filter(Boolean)
		.join(' · ');
};

const subjectOf = (state: State, request: HeatmapRequest): string => {
	const {question} = request;
	if (!question) {
		return classAt(state, request)?.name ?? '';
	}

	const parts = (asked: HeatmapRequest): readonly string[] => [
		asked.question?.layer ?? '',
		asked.question?.method ?? '',
		targetText(state, asked) ?? '',
	];
	const others = state.patches
		.filter(({request: other}) => other.question)
		.map(({request: other}) => parts(other));
	const telling = parts(request).filter((part, place) =>
		others.some((other) => other[place] !== part),
	);
	return telling.length > 0
		? telling.join(' · ')
		: (targetText(state, request) ?? '');
};
