import type {LoopPlan} from './loop.js';
import {isInMemory, loopInMemory} from './memory.js';

/** Rows of an array: row r begins at `begin + r · step`. */
export type Rows<Data> = {
	readonly data: Data;
	readonly begin?: number;
	readonly step: number;
};

/** A typed array whose subarrays have its own type. */
type Elements<Self> = ArrayBufferView & {
	readonly BYTES_PER_ELEMENT: number;
	readonly subarray: (begin: number, end: number) => Self;
};

/** Processes one row of each of two arrays, with an optional scalar; returns a sum over the elements where the loop computes one. */
type PairOfRows = (rowOfA: number, rowOfB: number, scalar?: number) => number;

/**
A loop over pairs of rows, which uses SIMD where both arrays lie in the thread's memory.

@param plan The SIMD loop.
@param plain The same in JavaScript, for the rest of a row, or arrays elsewhere.
*/
export const rowLoop = <A extends Elements<A>, B extends Elements<B>>(
	plan: LoopPlan,
	plain: (a: A, b: B, scalar: number) => number,
) => {
	const loop = loopInMemory(plan);
	return (a: Rows<A>, b: Rows<B>, length: number): PairOfRows => {
		const {begin: beginOfA = 0, step: stepOfA} = a;
		const {begin: beginOfB = 0, step: stepOfB} = b;
		const bytesOfA = a.data.BYTES_PER_ELEMENT;
		const bytesOfB = b.data.BYTES_PER_ELEMENT;
		const placeOfA = a.data.byteOffset + beginOfA * bytesOfA;
		const placeOfB = b.data.byteOffset + beginOfB * bytesOfB;
		const isInside = isInMemory(a.data) && isInMemory(b.data);
		const done = isInside
			? length - (length % (plan.strides[0] / bytesOfA))
			: 0;
		const rest: PairOfRows = (rowOfA, rowOfB, scalar = 0) => {
			const fromA = beginOfA + rowOfA * stepOfA;
			const fromB = beginOfB + rowOfB * stepOfB;
			return plain(
				a.data.subarray(fromA + done, fromA + length),
				b.data.subarray(fromB + done, fromB + length),
				scalar,
			);
		};

		if (!isInside) {
			return rest;
		}

		const lanes = loop();
		const whole: PairOfRows = (rowOfA, rowOfB, scalar = 0) => {
			const begin = placeOfA + rowOfA * stepOfA * bytesOfA;
			return lanes(
				begin,
				placeOfB + rowOfB * stepOfB * bytesOfB,
				begin + done * bytesOfA,
				scalar,
			);
		};

		return done === length
			? whole
			: (rowOfA, rowOfB, scalar) =>
					whole(rowOfA, rowOfB, scalar) + rest(rowOfA, rowOfB, scalar);
	};
};
