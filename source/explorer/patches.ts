import type {SegmentationClass} from '../raster/segmentation.js';
import type {Patch, Point, State} from './state.js';

/** The class that the segmentation gives a pixel, if there is a segmentation. */
export const classAt = (
	{subject: {segmentation}}: State,
	{x, y}: Point,
): SegmentationClass | undefined =>
	segmentation?.classes.get(segmentation.labels[y * segmentation.width + x]);

/** The patch of a pixel, wherever it is. */
export const patchAt = (state: State, {x, y}: Point): Patch | undefined =>
	state.patches.find(({request}) => request.x === x && request.y === y);

/** Patches of one class. */
export type PatchGroup = {
	readonly segmentationClass?: SegmentationClass;
	readonly patches: readonly Patch[];
};

/** The patches of the Patches pane by class; classes and patches in the order they were made. */
export const groupPatches = (state: State): readonly PatchGroup[] => {
	const groups = new Map<
		number | undefined,
		{segmentationClass?: SegmentationClass; patches: Patch[]}
	>();
	for (const patch of state.patches) {
		if (patch.place !== 'patches') {
			continue;
		}

		const segmentationClass = classAt(state, patch.request);
		const group = groups.get(segmentationClass?.id);
		if (group) {
			group.patches.push(patch);
		} else {
			groups.set(segmentationClass?.id, {
				segmentationClass,
				patches: [patch],
			});
		}
	}

	return [...groups.values()];
};

/** The patches of a place in the order that its pane shows. */
export const orderedPatches = (
	state: State,
	place: Patch['place'],
): readonly Patch[] =>
	place === 'patches'
		? groupPatches(state).flatMap(({patches}) => patches)
		: state.patches.filter((patch) => patch.place === 'compare');

/** The frame around a patch, in cells with its border, and how many stand side by side. */
export type SlotSize = {
	readonly columns: number;
	readonly width: number;
	readonly height: number;
};

/** Cells. */
const narrowestSlot = 13;
const widestSlot = 25;

/** Rows per column of a slot, inside its border. */
const slotProportion = 0.42;

/**
The sizes that patches can have in a list, the largest first.

@param width - Room, in cells.
*/
export const slotSizes = (width: number): [SlotSize, ...SlotSize[]] => {
	const least = Math.max(1, Math.floor(width / widestSlot));
	const most = Math.max(least, Math.floor(width / narrowestSlot));
	const sizes = Array.from({length: most - least + 1}, (_, index) => {
		const columns = least + index;
		const slot = Math.floor(width / columns);
		return {
			columns,
			width: slot,
			height: Math.round((slot - 2) * slotProportion) + 2,
		};
	});
	return sizes as [SlotSize, ...SlotSize[]];
};
