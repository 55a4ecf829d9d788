import type {Job} from './job.js';

/** Passes results on in the order in which the images were named, whatever order they finish in. */
export const inOrder = <Item extends {readonly job: Job}>(
	jobs: readonly Job[],
	give: (item: Item) => Promise<void>,
): ((item: Item) => Promise<void>) => {
	const waiting = new Map<number, Item>();
	let next = 0;
	return async (item) => {
		waiting.set(item.job.index, item);
		for (;;) {
			const index = jobs.at(next)?.index ?? 0;
			const ready = waiting.get(index);
			if (!ready) {
				return;
			}

			waiting.delete(index);
			next++;
			// eslint-disable-next-line no-await-in-loop -- in order
			await give(ready);
		}
	};
};
