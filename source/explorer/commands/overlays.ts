import {type State, say} from '../state.js';

// Otherwise tenths add up to 0.30000000000000004.
const fraction = (value: number): number =>
	Math.min(1, Math.max(0, Math.round(value * 100) / 100));

const percent = (value: number): string => `${Math.round(value * 100)} %`;

/** Changes the opacity of the segmentation. */
export const segmentationOpacity = (state: State, by: number): State => {
	const opacity = fraction(state.segmentationOpacity + by);
	return say(
		{...state, segmentationOpacity: opacity},
		`Segmentation: ${percent(opacity)}`,
	);
};

/** Changes the opacity of the heatmap. */
export const heatmapOpacity = (state: State, by: number): State => {
	const opacity = fraction(state.heatmapOpacity + by);
	return say(
		{...state, heatmapOpacity: opacity},
		`Grad-CAM pixels: ${percent(opacity)}`,
	);
};

/** Switches to the colour map `by` places further on. */
export const colormap = (state: State, by: number): State => {
	const {colormaps} = state;
	const {length} = colormaps;
	const index = (colormaps.indexOf(state.colormap) + by + length) % length;
	const name = colormaps[index];
	return say(
		{...state, colormap: name},
		`Colour map: ${name}, ${index + 1} of ${length}`,
	);
};
