import type {ActiveThumb, State, Thumbs} from '../state.js';

/** The Legend pane. */
export type LegendView = {
	readonly colormap: string;
	readonly thumbs: Thumbs;
	/** What the keys move; undefined while the focus is elsewhere. */
	readonly activeThumb?: ActiveThumb;
};

/** The view of the Legend pane: the colour map and its thumbs. */
export const viewLegend = ({
	colormap,
	thumbs,
	activeThumb,
	focus,
}: State): LegendView => ({
	colormap,
	thumbs,
	...(focus === 'legend' && {activeThumb}),
});
