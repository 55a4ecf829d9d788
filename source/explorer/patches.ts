import type {SegmentationClass} from '../raster/segmentation.js';
import {cursorRequest} from './heatmaps/request.js';
import {classAt} from './network/segmentations.js';
import type {Patch, State} from './state.js';

/** The patch of the cursor's question, in Patches or in Compare. */
export const cursorPatch = (state: State): Patch | undefined => {
	const {key} = cursorRequest(state);
	return state.patches.find(({request}) => request.key === key);
};

/** Patches of one class. */
export type PatchGroup = {
	readonly segmentationClass?: SegmentationClass;
	readonly patches: readonly Patch[];
};

/** The patches of the Patches pane by class; classes and patches in order of creation. */
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

/** The patches of Patches or Compare, in the order of the pane. */
export const orderedPatches = (
	state: State,
	place: Patch['place'],
): readonly Patch[] =>
	place === 'patches'
		? groupPatches(state).flatMap(({patches}) => patches)
		: state.patches.filter((patch) => patch.place === 'compare');
