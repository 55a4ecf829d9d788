import type {DataType} from './tensor.js';

/**
ONNX's codes for element types, and the types that a Graph keeps them as. Types absent here (strings, complex, 4 and 8-bit floats) have no place in a Graph.

@see https://onnx.ai/onnx/intro/concepts.html#element-type
*/
const byCode = new Map<number, DataType>([
	[1, 'float32'],
	[2, 'uint8'],
	[3, 'int8'],
	[4, 'int32'], // Uint16
	[5, 'int32'], // Int16
	[6, 'int32'],
	[7, 'int64'],
	[9, 'bool'],
	[10, 'float32'], // Float16
	[11, 'float32'], // Double
	[12, 'int64'], // Uint32
	[13, 'int64'], // Uint64
	[16, 'float32'], // Bfloat16
]);

/** ONNX's codes for the types of a Graph, as in `TensorProto.DataType`. */
export const elementTypeCode: Readonly<Record<DataType, number>> = {
	float32: 1,
	uint8: 2,
	int8: 3,
	int32: 6,
	int64: 7,
	bool: 9,
};

/** The type that an ONNX element type is kept as; undefined where there is none. */
export const dataTypeOf = (code: number): DataType | undefined =>
	byCode.get(code);
