import {type Point, type State} from '../state.js';
import {pointAt} from './cursor.js';
import {heatmapOpacity, segmentationOpacity} from './overlays.js';
import {makePatch, toggleCompare} from './patches.js';
import {togglePoint} from './points.js';
import {remove} from './remove.js';

/** Runs a command on the pixel that the mouse points at. */
const at =
	(command: (state: State) => State) =>
	(state: State, point: Point): State =>
		command(pointAt(state, point));

/** Keeps the pixel that the mouse points at as a patch. */
export const clickPatch = at(makePatch);

/** Moves the patch that the mouse points at to Compare, or back. */
export const clickCompare = at(toggleCompare);

/** Marks the pixel that the mouse points at, or unmarks it. */
export const clickPoint = at(togglePoint);

/** Throws away the patch or the mark that the mouse points at. */
export const clickRemove = at(remove);

/** Changes the opacity of what the mouse points at: of the heatmap where it has a colour, else of the segmentation. */
export const scrollOpacity = (
	state: State,
	{layer, by}: {layer: 'heatmap' | 'segmentation'; by: number},
): State =>
	layer === 'heatmap'
		? heatmapOpacity(state, by)
		: segmentationOpacity(state, by);
