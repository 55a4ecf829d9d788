import {methodLabel} from '../../cam/find-method.js';
import {layerLabel, networkOf} from '../network/network.js';
import {classAt} from '../network/segmentations.js';
import type {HeatmapRequest} from '../heatmaps/request.js';
import type {State} from '../state.js';

/**
The question's classes: "car", "car, not road".

@param joint What stands between the two.
*/
export const targetText = (
	state: State,
	{target}: HeatmapRequest,
	joint = ', not ',
): string | undefined => {
	const classes = networkOf(state)?.classes;
	if (!classes || !target) {
		return undefined;
	}

	const {class: id, versus} = target;
	const name = classes[id]?.name ?? '';
	return versus === undefined
		? name
		: `${name}${joint}${classes[versus]?.name ?? ''}`;
};

const sourceNames = {file: 'CSV', network: 'live'} as const;

/** A patch's caption: its pixel's class, or what distinguishes its question from those of the other patches, or the question; and its source, where sources differ. */
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
		layerLabel(asked.question?.layer ?? ''),
		methodLabel(asked.question?.method ?? ''),
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
