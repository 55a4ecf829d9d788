import type {Answer} from './provider.js';

/** The outcome of a request: a heatmap, or one line that says why there is none. */
export type Result = {readonly heatmap: Answer} | {readonly problem: string};

/** The results at hand, by the key of their request. */
export type Results = {
	get(key: string): Result | undefined;
	set(key: string, result: Result): void;
	/** Marks keys as recently wanted. */
	touch(keys: Iterable<string>): void;
};

/**
Keeps results by request, and evicts the least recently wanted.

@param limit - How many are kept.
*/
export const createResults = (limit = 512): Results => {
	// A Map keeps insertion order: the first key is the oldest.
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
