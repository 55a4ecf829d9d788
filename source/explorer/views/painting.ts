import type {Heatmap} from '../../cam/heatmap.js';
import type {View} from '../../raster/view.js';
import type {State, Subject, Thumbs} from '../state.js';

/** A part of the image, with what is laid over it. */
export type Painting = {
	readonly subject: Subject;
	/** The part of the image, in image pixels. */
	readonly view: View;
	/** 0–1; 0 where no segmentation is to be seen. */
	readonly segmentationOpacity: number;
	readonly heatmap?: Heatmap;
	/** 0–1. */
	readonly heatmapOpacity: number;
	readonly thumbs: Thumbs;
	readonly colormap: string;
};

/** A part of the image with a heatmap over it, as the state wants heatmaps to look. */
export const paintingOf = (
	{subject, heatmapOpacity, thumbs, colormap}: State,
	view: View,
	heatmap: Heatmap | undefined,
	segmentationOpacity = 0,
): Painting => ({
	subject,
	view,
	segmentationOpacity: subject.segmentation ? segmentationOpacity : 0,
	...(heatmap && {heatmap}),
	heatmapOpacity,
	thumbs,
	colormap,
});
