/** The element types that a Graph keeps; float16, bfloat16 and double become float32 when a model is read. */
export type DataType =
	'float32' | 'int64' | 'int32' | 'uint8' | 'int8' | 'bool';

/** Sizes, outermost first; `[]` is a scalar. In a network's values `[N, C, H, W]` for pictures. */
export type Shape = readonly number[];

/** Elements in C order. An int64 tensor keeps exact integers in a BigInt64Array, a bool tensor 0 and 1 in a Uint8Array. */
export type Tensor = {
	readonly type: DataType;
	readonly shape: Shape;
	readonly data:
		Float32Array | BigInt64Array | Int32Array | Uint8Array | Int8Array;
};

/** The number of elements of a tensor of this shape; 1 for a scalar. */
export const elementCount = (shape: Shape): number => {
	let count = 1;
	for (const size of shape) {
		count *= size;
	}

	return count;
};
