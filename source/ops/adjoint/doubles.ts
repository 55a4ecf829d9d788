import {roundRows} from '../simd/copy-rows.js';
import type {Allocate} from './scratch.js';

/** Zeroed double-precision memory from an allocator of single precision. */
export const allocateDoubles = (
	allocate: Allocate,
	length: number,
): Float64Array => {
	const {buffer, byteOffset} = allocate(2 * length);
	return new Float64Array(buffer, byteOffset, length).fill(0);
};

/** The same numbers in single precision. */
export const roundDoubles = (
	doubles: Float64Array,
	allocate: Allocate,
): Float32Array => {
	const {length} = doubles;
	const rounded = allocate(length);
	roundRows({data: rounded, step: 0}, {data: doubles, step: 0}, length)(0, 0);
	return rounded;
};
