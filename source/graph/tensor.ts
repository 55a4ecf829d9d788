/** The element types that a Graph keeps; float16, bfloat16 and double become float32 when a model is read. */
export type DataType =
	'float32' | 'int64' | 'int32' | 'uint8' | 'int8' | 'bool';

/** Sizes, outermost first; `[]` is a scalar. In a network's values `[N, C, H, W]` for pictures. */
export type Shape = readonly number[];

/** What holds the elements of a tensor. */
export type TensorData =
	Float32Array | BigInt64Array | Int32Array | Uint8Array | Int8Array;

/** Elements in C order. An int64 tensor keeps exact integers in a BigInt64Array, a bool tensor 0 and 1 in a Uint8Array. */
export type Tensor = {
	readonly type: DataType;
	readonly shape: Shape;
	readonly data: TensorData;
};

/** The number of elements of a tensor of this shape; 1 for a scalar. */
export const elementCount = (shape: Shape): number => {
	let count = 1;
	for (const size of shape) {
		count *= size;
	}

	return count;
};

/** ONNX writes "to the end" as the largest int64, which a double rounds up, out of range. */
const toInt64 = (number: number): bigint =>
	Number.isNaN(number)
		? 0n
		: number >= 2 ** 63
			? 2n ** 63n - 1n
			: number < -(2 ** 63)
				? -(2n ** 63n)
				: BigInt(Math.trunc(number));

const dataTypes = {
	float32: Float32Array,
	int64: BigInt64Array,
	int32: Int32Array,
	uint8: Uint8Array,
	int8: Int8Array,
	bool: Uint8Array,
} as const;

const arrays: Readonly<
	Record<DataType, (numbers: readonly number[]) => TensorData>
> = {
	float32: (numbers) => Float32Array.from(numbers),
	int64: (numbers) => BigInt64Array.from(numbers, toInt64),
	int32: (numbers) => Int32Array.from(numbers),
	uint8: (numbers) => Uint8Array.from(numbers),
	int8: (numbers) => Int8Array.from(numbers),
	bool: (numbers) => Uint8Array.from(numbers, (number) => (number ? 1 : 0)),
};

/** Room for the elements of a tensor, all 0. */
export const newData = (type: DataType, length: number): TensorData =>
	new dataTypes[type](length);

/** A small tensor from plain numbers; a list where no shape is given. */
export const tensorOf = (
	type: DataType,
	numbers: readonly number[],
	shape: Shape = [numbers.length],
): Tensor => ({type, shape, data: arrays[type](numbers)});

/** The elements as plain numbers; an int64 beyond 2⁵³ is rounded. */
export const numbersOf = ({data}: Tensor): number[] =>
	Array.from<number | bigint, number>(data, Number);
