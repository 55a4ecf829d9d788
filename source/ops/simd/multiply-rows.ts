import {add, fold, get, load, multiply, store} from './instructions.js';
import type {LoopPlan} from './loop.js';
import {giveBack, isInMemory, loopInMemory, take} from './memory.js';

/** Vectors in one iteration. */
const vectors = 4;

const [numberBytes, vectorBytes] = [4, 16];
const iterationBytes = vectors * vectorBytes;

/** `a += v · b + w · c + x · d + y · e`, for four rows and four scalars: with fewer the sum is read and written too often, with more registers run out. */
const addFour: LoopPlan = {
	strides: [1, 1, 1, 1, 1].map(() => iterationBytes),
	scalars: 4,
	turn: ({places: [sum, ...rows], scalars: weights}) =>
		Array.from({length: vectors}, (_, vector) => {
			const offset = vector * vectorBytes;
			const terms = rows.map((row, index) =>
				multiply(get(weights[index]), load(row, offset)),
			);
			// The sum, the largest of all, is rounded once for four terms.
			return store(sum, add(load(sum, offset), fold(add, terms)), offset);
		}).flat(),
};

const loop = loopInMemory(addFour);

/** The numbers of a row other than 0, and their indices, filled up to whole fours by zeros. */
const findNonzeros = (row: Float32Array) => {
	const indices: number[] = [];
	const numbers: number[] = [];
	for (let index = 0; index < row.length; index++) {
		if (row[index] !== 0) {
			indices.push(index);
			numbers.push(row[index]);
		}
	}

	while (indices.length % 4 > 0) {
		indices.push(indices[0]);
		numbers.push(0);
	}

	return {indices, numbers};
};

/**
`rows [M, K] · matrix [K, N] → into [M, N]`, for a matrix that lies in this thread's memory.

Of the matrix it reads only rows whose number is not 0: behind a ReLU, about half of them. So for a few rows it is faster than a runtime, which would also have to be called.

@returns Whether it is done: not where the matrix lies elsewhere, or there is no room for a sum.
*/
export const multiplyRows = (
	rows: Float32Array,
	matrix: Float32Array,
	into: Float32Array,
	n: number,
): boolean => {
	const bytes = Math.ceil((n * numberBytes) / iterationBytes) * iterationBytes;
	const stretch = isInMemory(matrix) ? take(bytes) : undefined;
	if (!stretch) {
		return false;
	}

	// A sum of its own, as the last iteration reaches past the end of a row.
	const {buffer, begin} = stretch;
	const sum = new Float32Array(buffer, begin, n);
	const addRows = loop();
	const placeOf = (index: number) =>
		matrix.byteOffset + index * n * numberBytes;
	const k = matrix.length / n;
	for (let row = 0; row * k < rows.length; row++) {
		const own = rows.subarray(row * k, (row + 1) * k);
		const {indices, numbers} = findNonzeros(own);
		sum.fill(0);
		for (let at = 0; at < indices.length; at += 4) {
			addRows(
				begin,
				placeOf(indices[at]),
				placeOf(indices[at + 1]),
				placeOf(indices[at + 2]),
				placeOf(indices[at + 3]),
				begin + bytes,
				numbers[at],
				numbers[at + 1],
				numbers[at + 2],
				numbers[at + 3],
			);
		}

		into.set(sum, row * n);
	}

	giveBack(stretch);
	return true;
};
