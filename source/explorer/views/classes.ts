import {listClasses} from '../network/classes.js';
import type {RankedClass} from '../network/network.js';
import {cursorRequest, sourceOf} from '../heatmaps/request.js';
import {disagreementOf} from '../network/segmentations.js';
import type {State} from '../state.js';
import {type ListWindow, windowAround} from './window.js';

/** A line of the Classes pane. */
export type ClassRow = RankedClass & {
	/** Whether it is the target. */
	readonly isTarget: boolean;
	/** Whether it is the contrast, whose logits are subtracted. */
	readonly isVersus: boolean;
	readonly isSelected: boolean;
};

/** The Classes pane: the network's prediction for the pixel. */
export type ClassesView = {
	readonly isOpening: boolean;
	/** The target's name; it may be out of sight. */
	readonly asked: string;
	readonly window: ListWindow<ClassRow>;
	/** The share of the image where the given segmentation and the network differ, 0–1. */
	readonly disagreement?: number;
};

/** The likeliest classes that there is room for, always with the target and the contrast. */
const summarise = (
	rows: readonly ClassRow[],
	room: number,
): ListWindow<ClassRow> => {
	const asked = rows.filter(({isTarget, isVersus}) => isTarget || isVersus);
	const kept = new Set(
		[...new Set([...asked, ...rows])].slice(0, Math.max(0, room)),
	);
	return {
		items: rows.filter((row) => kept.has(row)),
		above: 0,
		below: rows.length - kept.size,
	};
};

/**
The view of the Classes pane: all classes of the pixel while it has the focus, else the likeliest.

@param height The pane's, in cells, with its border.
*/
export const viewClasses = (
	state: State,
	{height}: {height: number},
): ClassesView => {
	const {network, focus, selectedClass} = state;
	const isFocused = focus === 'classes';
	const target =
		sourceOf(state) === 'network' ? cursorRequest(state).target : undefined;
	const rows = listClasses(state).map((entry, place) => ({
		...entry,
		// Rounded as shown, so that what looks the same is not redrawn.
		probability: Math.round(entry.probability * 1000) / 1000,
		isTarget: entry.id === target?.class,
		isVersus: entry.id === target?.versus,
		isSelected: isFocused && place === selectedClass,
	}));
	const room = height - 2;
	const disagreement = disagreementOf(state);
	return {
		isOpening: network === 'opening',
		asked: rows.find(({isTarget}) => isTarget)?.name ?? '',
		window: isFocused
			? windowAround(rows, selectedClass, room)
			: summarise(rows, room),
		...(disagreement && {disagreement: disagreement.share}),
	};
};
