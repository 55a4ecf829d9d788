import {ModelError} from '../../errors.js';
import type {Node} from '../../graph/graph.js';

/** Does something for a node; an error that does not name it is made to. */
export const inNode = ({name, opType}: Node, act: () => void): void => {
	try {
		act();
	} catch (error) {
		throw error instanceof ModelError && !error.message.includes(name)
			? new ModelError(`Node ${name} (${opType}): ${error.message}`, {
					cause: error,
				})
			: error;
	}
};
