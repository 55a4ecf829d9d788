import type {Point, State, Subject} from './state.js';

/**
One heatmap that the screen wants. Whatever changes the answer is in it and in its key; a network will add the target class, the layer and the method here.
*/
export type HeatmapRequest = Point & {
	/** Equal for equal requests only. */
	readonly key: string;
	/** The subject's id. */
	readonly subject: string;
};

/** The request for a pixel's heatmap. */
export const requestAt = (subject: Subject, {x, y}: Point): HeatmapRequest => ({
	key: `${subject.id}:${x},${y}`,
	subject: subject.id,
	x,
	y,
});

/** The heatmap of the pixel under the cursor. */
export const cursorRequest = (state: State): HeatmapRequest =>
	requestAt(state.subject, state.cursor);

/** All heatmaps that the screen shows, the most urgent first. */
export const wantedRequests = (state: State): readonly HeatmapRequest[] => {
	if (!state.subject.heatmaps) {
		return [];
	}

	const cursor = cursorRequest(state);
	return [
		cursor,
		...state.patches
			.map(({request}) => request)
			.filter(({key}) => key !== cursor.key),
	];
};
