import type {State} from '../state.js';

/** Why no patch can be made. */
export const needsHeatmaps = ({subject}: State): string | undefined =>
	subject.heatmaps
		? undefined
		: 'A patch needs Grad-CAM pixels, and there is no CSV file. o opens one.';

/** Why the segmentation cannot be changed. */
export const needsSegmentation = ({subject}: State): string | undefined =>
	subject.segmentation
		? undefined
		: 'There is no segmentation whose opacity could change. o opens one.';
