/** Lends an array of this size, filled with anything. */
export type Lend = (size: number) => Float32Array;

/** Memory that nobody uses, for as many borrowers as there were at once. */
const spare: Float32Array[] = [];

/** Elements, 64 megabytes, beyond which memory is not kept. */
const largest = 2 ** 24;

/** Lends arrays for the length of some work, often less than it takes to make them and to collect them again. The next work finds as much memory as this one took. */
export const borrow = async <Result>(
	work: (lend: Lend) => Promise<Result>,
): Promise<Result> => {
	const memory = spare.pop() ?? new Float32Array(0);
	let used = 0;
	try {
		return await work((size) => {
			const begin = used;
			used += size;
			return used <= memory.length
				? memory.subarray(begin, used)
				: new Float32Array(size);
		});
	} finally {
		const fits = used <= memory.length || used > largest;
		spare.push(fits ? memory : new Float32Array(used));
	}
};
