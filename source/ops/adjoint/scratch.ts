import {giveBack, take} from '../simd/memory.js';

/** Allocates an uninitialised array. */
export type Allocate = (size: number) => Float32Array;

/** Allocates an array that outlives any walk. */
export const newArray: Allocate = (size) => new Float32Array(size);

/** Runs `work` with scratch memory, which is released when it ends. Arrays lie in the memory that SIMD loops work in as long as there is room, and cost no garbage collection. */
export const withScratch = async <Result>(
	work: (allocate: Allocate) => Promise<Result>,
): Promise<Result> => {
	const taken: Array<{begin: number; end: number}> = [];
	try {
		return await work((size) => {
			const stretch = take(4 * size);
			if (!stretch) {
				return newArray(size);
			}

			const {buffer, begin, end} = stretch;
			const last = taken.at(-1);
			if (last?.end === begin) {
				last.end = end;
			} else {
				taken.push({begin, end});
			}

			return new Float32Array(buffer, begin, size);
		});
	} finally {
		for (const stretch of taken.toReversed()) {
			giveBack(stretch);
		}
	}
};
