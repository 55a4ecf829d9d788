import {type Heatmap, isLayers} from '../../cam/heatmap.js';
import type {Image} from '../../raster/image.js';
import type {Segmentation} from '../../raster/segmentation.js';
import type {View} from '../../raster/view.js';
import {
	type Disagreement,
	disagreementOf,
	segmentationOf,
} from '../network/segmentations.js';
import type {State, Thumbs} from '../state.js';
import type {Explanation} from './explanation.js';

/** A part of the image and its overlays. */
export type Painting = {
	readonly image: Image;
	/** The part of the image, in image pixels. */
	readonly view: View;
	/** The segmentation over the image, if any. */
	readonly segmentation?: Segmentation;
	/** 0–1. */
	readonly segmentationOpacity: number;
	/** Where two segmentations differ, if that is shown. */
	readonly disagreement?: Disagreement;
	readonly heatmap?: Heatmap;
	/** Whether the heatmap is a layer's coarse grid, to be interpolated. */
	readonly isCoarse: boolean;
	/** 0–1. */
	readonly heatmapOpacity: number;
	readonly thumbs: Thumbs;
	readonly colormap: string;
};

/** A part of the image with an explanation over it, in the state's colours. */
export const paintingOf = (
	{subject, heatmapOpacity, thumbs, colormap}: State,
	view: View,
	explanation: Explanation,
): Painting => ({
	image: subject.image,
	view,
	segmentationOpacity: 0,
	...(explanation.status === 'ready' && {heatmap: explanation.heatmap}),
	isCoarse: explanation.status === 'ready' && isLayers(explanation.heatmap),
	heatmapOpacity,
	thumbs,
	colormap,
});

/** The same, with the segmentation below the heatmap. */
export const withSegmentation = (
	painting: Painting,
	state: State,
): Painting => {
	const segmentation = segmentationOf(state);
	const disagreement = state.disagreementShown
		? disagreementOf(state)
		: undefined;
	return {
		...painting,
		...(segmentation && {
			segmentation,
			segmentationOpacity: state.segmentationOpacity,
		}),
		...(disagreement && {disagreement}),
	};
};
