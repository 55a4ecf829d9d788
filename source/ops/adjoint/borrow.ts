import {giveBack, take} from '../simd/memory.js';

/** Lends an array of this size, filled with anything. */
export type Lend = (size: number) => Float32Array;

/** Makes an array for good. */
export const newArray: Lend = (size) => new Float32Array(size);

/** Lends arrays for the length of some work: where there is room, of the memory in which loops run on several elements at a time, and which need not be made and collected again. */
export const borrow = async <Result>(
	work: (lend: Lend) => Promise<Result>,
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
