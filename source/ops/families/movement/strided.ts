import {stridesOf} from '../../node/shapes.js';
import type {Shape} from '../../../graph/tensor.js';

/**
How an output's elements are read from an input, in C order: the flat index into the input is `offset + Σ indexₐ · strideₐ`, where the indices count through `sizes`.

`sizes` is the output's shape or a finer one with as many elements. A stride of 0 repeats elements.
*/
export type Strided = {
	readonly shape: Shape;
	readonly sizes: readonly number[];
	readonly strides: readonly number[];
	readonly offset: number;
};

/** All elements as they are, under another shape. */
export const reshaped = (shape: Shape, count: number): Strided => ({
	shape,
	sizes: [count],
	strides: [1],
	offset: 0,
});

/** A rearrangement that splits the input into `sizes` and reads these axes in the order of `permutation`. */
export const rearranged = (
	sizes: readonly number[],
	permutation: readonly number[],
	shape: Shape = permutation.map((axis) => sizes[axis]),
): Strided => {
	const strides = stridesOf(sizes);
	return {
		shape,
		sizes: permutation.map((axis) => sizes[axis]),
		strides: permutation.map((axis) => strides[axis]),
		offset: 0,
	};
};

/** The same reading in as few axes as possible, outermost first: axes of size 1 go, neighbours that count on are joined. */
export const collapse = (strided: Strided): Strided => {
	const sizes: number[] = [];
	const strides: number[] = [];
	for (const [axis, size] of strided.sizes.entries()) {
		const stride = strided.strides[axis];
		if (size === 1) {
			continue;
		}

		if (sizes.length > 0 && strides.at(-1) === stride * size) {
			sizes.push(sizes.pop()! * size);
			strides.pop();
		} else {
			sizes.push(size);
		}

		strides.push(stride);
	}

	return {...strided, sizes, strides};
};

/** Flat index into the output → flat index into the input. */
export const sourceOffset = (
	strided: Strided,
): ((offset: number) => number) => {
	const {sizes, strides, offset: start} = collapse(strided);
	return (offset) => {
		let rest = offset;
		let result = start;
		for (let axis = sizes.length - 1; axis >= 0; axis--) {
			const quotient = Math.trunc(rest / sizes[axis]);
			result += (rest - quotient * sizes[axis]) * strides[axis];
			rest = quotient;
		}

		return result;
	};
};

/** Visits all elements in C order of the output, one run along the innermost axis at a time. */
export const forEachRun = (
	strided: Strided,
	visit: (to: number, from: number, length: number, stride: number) => void,
): void => {
	const {sizes, strides, offset} = collapse(strided);
	const inner = sizes.length - 1;
	const length = sizes[inner] ?? 1;
	const stride = strides[inner] ?? 1;
	let to = 0;
	const descend = (axis: number, from: number) => {
		if (axis >= inner) {
			visit(to, from, length, stride);
			to += length;
			return;
		}

		for (let index = 0; index < sizes[axis]; index++) {
			descend(axis + 1, from + index * strides[axis]);
		}
	};

	if (!sizes.includes(0)) {
		descend(0, offset);
	}
};
