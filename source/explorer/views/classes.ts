import {listClasses} from '../classes.js';
import type {RankedClass} from '../network.js';
import {cursorRequest, sourceOf} from '../request.js';
import {disagreementOf} from '../segmentations.js';
import type {State} from '../state.js';

/** A line of the Classes pane. */
export type ClassRow = RankedClass & {
	/** Its row, which selects it. */
	readonly row: number;
	/** Whether it is the target. */
	readonly isTarget: boolean;
	/** Whether it is the contrast, whose logits are subtracted. */
	readonly isVersus: boolean;
	readonly isSelected: boolean;
};

/** The Classes pane: the network's prediction for the pixel. */
export type ClassesView = {
	readonly isOpening: boolean;
	readonly rows: readonly ClassRow[];
	/** The share of the image where the given segmentation and the network differ, 0–1. */
	readonly disagreement?: number;
};

/** The view of the Classes pane: the pixel's likeliest classes, and which of them are asked about. */
export const viewClasses = (state: State): ClassesView => {
	const {network, focus, selectedClass} = state;
	const asked =
		sourceOf(state) === 'network' ? cursorRequest(state).target : undefined;
	const disagreement = disagreementOf(state);
	return {
		isOpening: network === 'opening',
		rows: listClasses(state).map((entry, row) => ({
			...entry,
			// Rounded as shown, so that what looks the same is not redrawn.
			probability: Math.round(entry.probability * 1000) / 1000,
			row,
			isTarget: entry.id === asked?.class,
			isVersus: entry.id === asked?.versus,
			isSelected: focus === 'classes' && row === selectedClass,
		})),
		...(disagreement && {disagreement: disagreement.share}),
	};
};
