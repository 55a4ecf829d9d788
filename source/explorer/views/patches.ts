import type {SegmentationClass} from '../../raster/segmentation.js';
import {fitSlots} from '../layout/patch-slots.js';
import {classAt} from '../network/segmentations.js';
import {groupPatches, orderedPatches} from '../patches.js';
import {isMarked} from '../points.js';
import {cursorRequest, sourceOf} from '../heatmaps/request.js';
import type {Results} from '../heatmaps/results.js';
import type {Patch, Point, State} from '../state.js';
import {captionOf} from './caption.js';
import {type Explanation, explanationOf} from './explanation.js';
import {type Painting, paintingOf} from './painting.js';
import {type ListWindow, windowAround} from './window.js';

/** A patch: the image within the box of its Grad-CAM pixels. */
export type PatchView = {
	readonly key: string;
	readonly point: Point;
	readonly segmentationClass?: SegmentationClass;
	/** A caption, where there is room. */
	readonly caption: string;
	readonly isMarked: boolean;
	/** Whether it is selected and the cursor on its pixel. */
	readonly isSelected: boolean;
	readonly explanation: Explanation;
	/** Undefined until there are Grad-CAM pixels. */
	readonly painting?: Painting;
};

/** The image within the box of an explanation's Grad-CAM pixels, with the heatmap over it; undefined where there are none. */
export const patchPainting = (
	state: State,
	explanation: Explanation,
): Painting | undefined => {
	if (explanation.status !== 'ready' || !explanation.evidence.box) {
		return undefined;
	}

	const {left, top, right, bottom} = explanation.evidence.box;
	return paintingOf(
		state,
		{x: left, y: top, width: right - left + 1, height: bottom - top + 1},
		explanation,
	);
};

const viewPatch = (
	state: State,
	results: Results,
	{request, place}: Patch,
): PatchView => {
	const explanation = explanationOf(state, results, request);
	const painting = patchPainting(state, explanation);
	const segmentationClass = classAt(state, request);
	return {
		key: request.key,
		point: {x: request.x, y: request.y},
		...(segmentationClass && {segmentationClass}),
		caption: captionOf(state, request),
		isMarked: isMarked(state, request),
		isSelected:
			state.selectedPatch[place] === request.key &&
			cursorRequest(state).key === request.key,
		explanation,
		...(painting && {painting}),
	};
};

/** A line of the Patches pane. */
export type PatchesRow =
	| {
			readonly kind: 'heading';
			readonly segmentationClass?: SegmentationClass;
			readonly count: number;
	  }
	| {readonly kind: 'slots'; readonly patches: readonly PatchView[]};

/** The Patches pane: headings, and rows of patches side by side. */
export type PatchesView = {
	readonly count: number;
	/** The size of a patch with its frame, in cells. */
	readonly slot: {readonly width: number; readonly height: number};
	readonly window: ListWindow<PatchesRow>;
	/** Whether patches can be made here at all. */
	readonly hasHeatmaps: boolean;
};

/**
@param width The pane's, in cells, with its border.
@param height The pane's, in cells, with its border.
*/
export const viewPatches = (
	state: State,
	results: Results,
	{width, height}: {width: number; height: number},
): PatchesView => {
	const groups = groupPatches(state);
	const {columns, ...slot} = fitSlots(groups, {
		width: width - 2,
		height: height - 2,
	});
	const rows: PatchesRow[] = [];
	let selected = 0;
	for (const {segmentationClass, patches} of groups) {
		rows.push({
			kind: 'heading',
			...(segmentationClass && {segmentationClass}),
			count: patches.length,
		});
		for (let start = 0; start < patches.length; start += columns) {
			const row = patches.slice(start, start + columns);
			if (
				row.some(({request}) => request.key === state.selectedPatch.patches)
			) {
				selected = rows.length;
			}

			rows.push({
				kind: 'slots',
				patches: row.map((patch) => viewPatch(state, results, patch)),
			});
		}
	}

	return {
		count: orderedPatches(state, 'patches').length,
		slot,
		window: windowAround(rows, selected, height - 2, ({kind}) =>
			kind === 'heading' ? 1 : slot.height,
		),
		hasHeatmaps: sourceOf(state) !== undefined,
	};
};

/** The Compare pane: patches side by side. */
export type CompareView = {
	readonly count: number;
	/** The size of a patch with its frame, in cells. */
	readonly slot: {readonly width: number; readonly height: number};
	readonly window: ListWindow<PatchView>;
};

/** The narrowest patch worth comparing, in cells. */
const narrowest = 18;

/**
@param width The pane's, in cells, with its border.
@param height The pane's, in cells, with its border.
*/
export const viewCompare = (
	state: State,
	results: Results,
	{width, height}: {width: number; height: number},
): CompareView => {
	const patches = orderedPatches(state, 'compare');
	const room = width - 2;
	const slot = {
		width: Math.min(
			Math.max(narrowest, Math.floor(room / Math.max(1, patches.length))),
			Math.round(2.2 * height),
			room,
		),
		height: height - 2,
	};
	const selected = patches.findIndex(
		({request}) => request.key === state.selectedPatch.compare,
	);
	const window = windowAround(
		patches,
		Math.max(0, selected),
		Math.floor(room / slot.width),
	);
	return {
		count: patches.length,
		slot,
		window: {
			...window,
			items: window.items.map((patch) => viewPatch(state, results, patch)),
		},
	};
};
