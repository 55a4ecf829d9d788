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

/** What a patch shows: the class of its pixel, and of a network also what tells it from the other patches. */
export const captionOf = (state: State, request: HeatmapRequest): string => {
	const {question} = request;
	if (!question) {
		return classAt(state, request)?.name ?? '';
	}

	const differs = (key: 'layer' | 'method'): boolean =>
		state.patches.some(
			({request: other}) =>
				other.question && other.question[key] !== question[key],
		);
	return [
		targetText(state, request) ?? '',
		differs('layer') ? question.layer : '',
		differs('method') ? question.method : '',
	]
		.filter(Boolean)
		.join(' · ');
};
