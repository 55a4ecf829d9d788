import type {State} from '../state.js';

// Tenths add up to 0.30000000000000004 otherwise.
const fraction = (value: number): number =>
	Math.min(1, Math.max(0, Math.round(value * 100) / 100));

/** Makes the segmentation's colours stronger or weaker. */
export const segmentationOpacity = (state: State, by: number): State => ({
	...state,
	segmentationOpacity: fraction(state.segmentationOpacity + by),
});

/** Makes the Grad-CAM pixels' colours stronger or weaker. */
export const heatmapOpacity = (state: State, by: number): State => ({
	...state,
	heatmapOpacity: fraction(state.heatmapOpacity + by),
});

/** Colours the weights with the map that comes `by` further in the list. */
export const colormap = (state: State, by: number): State => {
	const {colormaps} = state;
	const index = colormaps.indexOf(state.colormap) + by;
	return {...state, colormap: colormaps.at(index % colormaps.length)!};
};
