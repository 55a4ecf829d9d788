import {type RankedClass, cellAt, networkOf, rankClasses} from './network.js';
import type {State} from './state.js';

/** How many classes are listed. */
const most = 5;

/** The likeliest classes of the pixel under the cursor, plus those that are being asked about. */
export const listClasses = (state: State): readonly RankedClass[] => {
	const network = networkOf(state);
	const cell = network && cellAt(network.prediction, state.cursor);
	if (!network || cell === undefined) {
		return [];
	}

	const {target, versus} = state.question;
	return rankClasses(network, cell).filter(
		({id}, place) => place < most || id === target || id === versus,
	);
};
