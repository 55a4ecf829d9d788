import {listClasses} from '../classes.js';
import type {RankedClass} from '../network.js';
import {cursorRequest, sourceOf} from '../request.js';
import {disagreementOf} from '../segmentations.js';
import type {State} from '../state.js';

/** A line of the Classes pane. */
export type ClassRow = RankedClass & {
	/** What selects it. */
	readonly row: number;
	/** Whether the heatmap says why this class. */
	readonly isTarget: boolean;
	/** Whether it is the class that is taken off. */
	readonly isVersus: boolean;
	readonly isSelected: boolean;
};

/** The Classes pane: what the network thinks of the pixel. */
export type ClassesView = {
	readonly isOpening: boolean;
	readonly rows: readonly ClassRow[];
	/** How much of the image the given segmentation and the network differ at, 0–1. */
	readonly disagreement?: number;
};

/** What the Classes pane shows: the likeliest classes of the pixel, and which of them are asked about. */
export const viewClasses = (state: State): ClassesView => {
	const {network, focus, selectedClass} = state;
	const asked =
		sourceOf(state) === 'network' ? cursorRequest(state).target : undefined;
	const disagreement = disagreementOf(state);
	return {
		isOpening: network === 'opening',
		rows: listClasses(state).map((entry, row) => ({
			...entry,
			// As finely as it is shown: what looks the same is not drawn again.
			probability: Math.round(entry.probability * 1000) / 1000,
			row,
			isTarget: entry.id === asked?.class,
			isVersus: entry.id === asked?.versus,
			isSelected: focus === 'classes' && row === selectedClass,
		})),
		...(disagreement && {disagreement: disagreement.share}),
	};
};
