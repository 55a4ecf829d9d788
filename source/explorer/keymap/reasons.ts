import {networkOf} from '../network/network.js';
import {cursorRequest, isAnswerable, sourceOf} from '../heatmaps/request.js';
import {disagreementOf, segmentationOf} from '../network/segmentations.js';
import type {State} from '../state.js';

/** Why no patch can be made. */
export const needsHeatmaps = (state: State): string | undefined => {
	const source = sourceOf(state);
	if (!source) {
		return (
			state.networkProblem ??
			'A patch needs Grad-CAM pixels, and there is no CSV file. o opens one.'
		);
	}

	const request = cursorRequest(state);
	if (request.isSkipped) {
		return 'This pixel was not computed; the CSV explains others.';
	}

	return isAnswerable(request)
		? undefined
		: networkOf(state)
			? 'The network does not see this pixel.'
			: stillOpening;
};

const stillOpening = 'The network has not seen the image yet.';

/** Why the network's question cannot be changed. */
export const needsNetwork = (state: State): string | undefined => {
	if (!state.network) {
		return state.networkProblem ?? 'No network is open. --model names one.';
	}

	return networkOf(state) ? undefined : stillOpening;
};

/** The same, while heatmaps come from a file. */
export const needsLive = (state: State): string | undefined =>
	needsNetwork(state) ??
	(sourceOf(state) === 'network'
		? undefined
		: 'The CSV file is shown. f asks the network instead.');

/** Why the source of heatmaps cannot be switched. */
export const needsFile = (state: State): string | undefined =>
	needsNetwork(state) ??
	(state.subject.heatmaps
		? undefined
		: 'There is no CSV file to switch to. o opens one.');

/** Why the segmentation cannot be switched. */
export const needsBoth = (state: State): string | undefined =>
	needsNetwork(state) ??
	(state.subject.segmentation && networkOf(state)?.prediction.segmentation
		? undefined
		: 'There is only one segmentation. o opens another.');

/** Why two segmentations cannot be compared. */
export const needsSameClasses = (state: State): string | undefined =>
	needsBoth(state) ??
	(disagreementOf(state)
		? undefined
		: 'The classes of file and network are not the same ones.');

/** Why the segmentation's opacity cannot be changed. */
export const needsSegmentation = (state: State): string | undefined =>
	segmentationOf(state)
		? undefined
		: 'There is no segmentation whose opacity could change. o opens one.';
