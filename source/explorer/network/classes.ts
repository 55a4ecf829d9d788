import type {State} from '../state.js';
import {type RankedClass, cellAt, networkOf, rankClasses} from './network.js';

/** The classes of the pixel under the cursor, the likeliest first; none where the network does not see it. */
export const listClasses = (state: State): readonly RankedClass[] => {
	const network = networkOf(state);
	const cell = network && cellAt(network.prediction, state.cursor);
	return network && cell !== undefined ? rankClasses(network, cell) : [];
};
