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

/** Size of a result without its cells, in cells. */
const overhead = 1024;

const sizeOf = (result: Result): number =>
	overhead + ('heatmap' in result ? result.heatmap.indices.length : 0);

/**
Keeps results by request, and evicts the least recently wanted.

@param limit Cells that all heatmaps may list together, 8 bytes each: a quarter of a gigabyte where left out.
*/
export const createResults = (limit = 2 ** 25): Results => {
	// A Map keeps insertion order: the first key is the oldest.
	const results = new Map<string, Result>();
	let size = 0;

	const evict = (key: string): void => {
		const result = results.get(key);
		if (result) {
			results.delete(key);
			size -= sizeOf(result);
		}
	};

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
			evict(key);
			results.set(key, result);
			size += sizeOf(result);
			for (const oldest of results.keys()) {
				if (size <= limit || oldest === key) {
					break;
				}

				evict(oldest);
			}
		},
		touch(keys) {
			for (const key of keys) {
				touch(key);
			}
		},
	};
};
