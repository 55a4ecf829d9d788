import type {PaneName} from '../panes.js';
import {type Point, type State} from '../state.js';
import {pointAt} from './cursor.js';
import {heatmapOpacity, segmentationOpacity} from './overlays.js';
import {makePatch, toggleCompare} from './patches.js';
import {selectPoint, togglePoint} from './points.js';
import {selectClass, stepLayer, stepMethod} from './question.js';
import {remove} from './remove.js';

/** Runs a command on the pixel under the mouse. */
const at =
	(command: (state: State) => State) =>
	(state: State, point: Point): State =>
		command(pointAt(state, point));

/** Keeps the pixel under the mouse as a patch. */
export const clickPatch = at(makePatch);

/** Moves the patch under the mouse to Compare, or back. */
export const clickCompare = at(toggleCompare);

/** Marks or unmarks the pixel under the mouse. */
export const clickPoint = at(togglePoint);

/** Removes the patch or the mark under the mouse. */
export const clickRemove = at(remove);

/** Changes the opacity of what is under the mouse: the heatmap where it has a colour, otherwise the segmentation. */
export const scrollOpacity = (
	state: State,
	{layer, by}: {layer: 'heatmap' | 'segmentation'; by: number},
): State =>
	layer === 'heatmap'
		? heatmapOpacity(state, by)
		: segmentationOpacity(state, by);

const steps: Readonly<
	Partial<Record<PaneName, (state: State, by: number) => State>>
> = {
	points: selectPoint,
	classes: selectClass,
	layers: stepLayer,
	methods: stepMethod,
};

/** Selects in a pane's list, `by` places further on. */
export const scrollList = (
	state: State,
	{pane, by}: {pane: PaneName; by: number},
): State => steps[pane]?.({...state, focus: pane}, by) ?? state;
