import type {ActiveThumb, State, Thumbs} from '../state.js';

/** The Legend pane. */
export type LegendView = {
	readonly colormap: string;
	/** The map's place among all maps, from 1. */
	readonly position: number;
	readonly total: number;
	readonly thumbs: Thumbs;
	/** What the keys move; undefined while the focus is elsewhere. */
	readonly activeThumb?: ActiveThumb;
	/** 0–1. */
	readonly heatmapOpacity: number;
};

/** The view of the Legend pane: the colour map and its thumbs. */
export const viewLegend = ({
	colormap,
	colormaps,
	thumbs,
	activeThumb,
	focus,
	heatmapOpacity,
}: State): LegendView => ({
	colormap,
	position: colormaps.indexOf(colormap) + 1,
	total: colormaps.length,
	thumbs,
	...(focus === 'legend' && {activeThumb}),
	heatmapOpacity,
});
