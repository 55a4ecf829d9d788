import type {Answer} from './provider.js';

/** What became of a request: a heatmap, or one line that says why there is none. */
export type Result = {readonly heatmap: Answer} | {readonly problem: string};

/** The results that are at hand, by the key of their request. */
export type Results = {
	get(key: string): Result | undefined;
	set(key: string, result: Result): void;
	/** Makes the keys the last ones to be forgotten. */
	touch(keys: Iterable<string>): void;
};

/**
Keeps results by request, and forgets the one that was longest not wanted.

@param limit - How many are kept.
*/
export const createResults = (limit = 512): Results => {
	// A Map remembers the order of insertion: the first key is the oldest.
	const results = new Map<string, Result>();

	const touch = (key: string): void => {
		const result = results.get(key);
		if (result) {
			results.delete(key);
			results.set(key, result);
		}
	};

	return {
		get: (key) => results.get(key),
		set(key, result) {
			results.delete(key);
			results.set(key, result);
			if (results.size > limit) {
				const [oldest] = results.keys();
				results.delete(oldest);
			}
		},
		touch(keys) {
			for (const key of keys) {
				touch(key);
			}
		},
	};
};
