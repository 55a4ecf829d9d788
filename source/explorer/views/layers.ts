import {layerLabel, networkOf} from '../network/network.js';
import type {State} from '../state.js';
import {type ListWindow, windowAroundChosen} from './window.js';

/** A line of the Layers pane. */
export type LayerRow = {
	readonly name: string;
	/** The name for the screen. */
	readonly label: string;
	/** Channels, rows and columns: "64×16×24". */
	readonly shape: string;
	readonly isChosen: boolean;
};

/** The Layers pane. */
export type LayersView = {
	/** The chosen layer's name for the screen, which may be scrolled out of view. */
	readonly chosen: string;
	readonly window: ListWindow<LayerRow>;
	readonly isFocused: boolean;
};

/** @param height The pane's, in cells, with its border. */
export const viewLayers = (
	state: State,
	{height}: {height: number},
): LayersView => {
	const chosen = state.question.layer;
	const rows = (networkOf(state)?.layers ?? []).map(({name, shape}) => ({
		name,
		label: layerLabel(name),
		shape: shape.slice(1).join('×'),
		isChosen: name === chosen,
	}));
	return {
		chosen: layerLabel(chosen),
		window: windowAroundChosen(rows, height),
		isFocused: state.focus === 'layers',
	};
};
