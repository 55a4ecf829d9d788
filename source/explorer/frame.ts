import {type Layout, arrange, isTooSmall} from './layout/layout.js';
import type {HeatmapRequest} from './heatmaps/request.js';
import type {Results} from './heatmaps/results.js';
import type {State} from './state.js';
import {type PictureView, viewPicture} from './views/picture.js';
import {type StatusView, viewStatus} from './views/status.js';

/** What the screen shows, before anything is drawn; panes derive their own views from it. */
export type Frame = {
	readonly state: State;
	readonly results: Results;
	readonly isTooSmall: boolean;
	readonly layout: Layout;
	readonly picture: PictureView;
	readonly status: StatusView;
};

/**
The frame of a state and the heatmaps at hand.

@param answered The request whose answer may stand in until the cursor's arrives.
*/
export const frame = (
	state: State,
	results: Results,
	answered?: HeatmapRequest,
): Frame => ({
	state,
	results,
	isTooSmall: isTooSmall(state),
	layout: arrange(state),
	picture: viewPicture(state, results, answered),
	status: viewStatus(state, results, answered),
});
