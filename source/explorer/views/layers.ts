import {networkOf} from '../network.js';
import type {State} from '../state.js';
import {type ListWindow, windowAround} from './window.js';

/** A line of the Layers pane. */
export type LayerRow = {
	readonly name: string;
	/** Channels, rows and columns: "64×16×24". */
	readonly shape: string;
	readonly isChosen: boolean;
};

/** @param height - The pane's, in cells, with its border. */
export const viewLayers = (
	state: State,
	{height}: {height: number},
): ListWindow<LayerRow> => {
	const rows = (networkOf(state)?.layers ?? []).map(({name, shape}) => ({
		name,
		shape: shape.slice(1).join('×'),
		isChosen: name === state.question.layer,
	}));
	return windowAround(
		rows,
		rows.findIndex(({isChosen}) => isChosen),
		height - 2,
	);
};
