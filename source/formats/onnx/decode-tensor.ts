import {ModelError} from '../../errors.js';
import {dataTypeOf} from '../../graph/element-types.js';
import {
	elementCount,
	type DataType,
	type Tensor,
	type TensorData,
} from '../../graph/tensor.js';
import {fromFloat16} from '../float16.js';
import {
	TensorProto_DataLocation,
	TensorProto_DataType as Type,
	type TensorProto,
} from './onnx_pb.js';

/**
Reads part of an external weight file.

@param location As the model names it, relative to the model's folder.
@param offset Bytes.
@param length Bytes.
@throws {ModelError} If the file is missing, too short, or outside the model's folder.
*/
export type ReadExternal = (
	location: string,
	offset: number,
	length: number,
) => Uint8Array;

/** The largest plausible tensor: a few broken bytes could claim all memory. */
const maxElements = 2 ** 31;

const fromBfloat16 = (bits: Uint16Array): Float32Array =>
	new Float32Array(Uint32Array.from(bits, (value) => value << 16).buffer);

/** How an ONNX element type is stored and read. */
type Reading = {
	/** Bytes of an element in `raw_data`. */
	readonly size: number;
	/** From little-endian bytes. */
	readonly raw: (buffer: ArrayBuffer) => TensorData;
	/** From the field that holds numbers of this type one by one. */
	readonly typed: (tensor: TensorProto) => TensorData;
};

const readings: Readonly<Partial<Record<Type, Reading>>> = {
	[Type.FLOAT]: {
		size: 4,
		raw: (buffer) => new Float32Array(buffer),
		typed: ({floatData}) => Float32Array.from(floatData),
	},
	[Type.DOUBLE]: {
		size: 8,
		raw: (buffer) => Float32Array.from(new Float64Array(buffer)),
		typed: ({doubleData}) => Float32Array.from(doubleData),
	},
	[Type.FLOAT16]: {
		size: 2,
		raw: (buffer) => fromFloat16(new Uint16Array(buffer)),
		typed: ({int32Data}) => fromFloat16(int32Data),
	},
	[Type.BFLOAT16]: {
		size: 2,
		raw: (buffer) => fromBfloat16(new Uint16Array(buffer)),
		typed: ({int32Data}) => fromBfloat16(Uint16Array.from(int32Data)),
	},
	[Type.INT64]: {
		size: 8,
		raw: (buffer) => new BigInt64Array(buffer),
		typed: ({int64Data}) => BigInt64Array.from(int64Data),
	},
	[Type.UINT64]: {
		size: 8,
		raw: (buffer) => new BigInt64Array(buffer),
		typed: ({uint64Data}) => BigInt64Array.from(uint64Data),
	},
	[Type.UINT32]: {
		size: 4,
		raw: (buffer) => BigInt64Array.from(new Uint32Array(buffer), BigInt),
		typed: ({uint64Data}) => BigInt64Array.from(uint64Data),
	},
	[Type.INT32]: {
		size: 4,
		raw: (buffer) => new Int32Array(buffer),
		typed: ({int32Data}) => Int32Array.from(int32Data),
	},
	[Type.INT16]: {
		size: 2,
		raw: (buffer) => Int32Array.from(new Int16Array(buffer)),
		typed: ({int32Data}) => Int32Array.from(int32Data),
	},
	[Type.UINT16]: {
		size: 2,
		raw: (buffer) => Int32Array.from(new Uint16Array(buffer)),
		typed: ({int32Data}) => Int32Array.from(int32Data),
	},
	[Type.INT8]: {
		size: 1,
		raw: (buffer) => new Int8Array(buffer),
		typed: ({int32Data}) => Int8Array.from(int32Data),
	},
	[Type.UINT8]: {
		size: 1,
		raw: (buffer) => new Uint8Array(buffer),
		typed: ({int32Data}) => Uint8Array.from(int32Data),
	},
	[Type.BOOL]: {
		size: 1,
		raw: (buffer) => new Uint8Array(buffer),
		typed: ({int32Data}) => Uint8Array.from(int32Data),
	},
};

const externalBytes = (
	tensor: TensorProto,
	size: number,
	readExternal: ReadExternal,
): Uint8Array => {
	const entries = new Map(
		tensor.externalData.map(({key, value}) => [key, value]),
	);
	const location = entries.get('location');
	const offset = Number(entries.get('offset') ?? 0);
	const length = Number(entries.get('length') ?? size);
	if (!location || !Number.isSafeInteger(offset) || offset < 0) {
		throw new ModelError(
			`The weights "${tensor.name}" lie in another file that the model does not name properly ("${location ?? ''}", offset ${offset}); export the model again in one file`,
		);
	}

	if (length !== size) {
		throw new ModelError(
			`The weights "${tensor.name}" need ${size} bytes, but the model promises ${length} in "${location}"; export the model again`,
		);
	}

	return readExternal(location, offset, size);
};

/** A copy that starts at offset 0, as typed arrays need it; bytes are as in the file, little-endian, like every machine Node runs on. */
const alignedCopy = (bytes: Uint8Array): ArrayBuffer => {
	const copy = new ArrayBuffer(bytes.byteLength);
	new Uint8Array(copy).set(bytes);
	return copy;
};

/** The type that a tensor is kept as. @throws {ModelError} If there is none. */
export const decodeElementType = (code: number, name: string): DataType => {
	const type = dataTypeOf(code);
	if (!type) {
		throw new ModelError(
			`The value "${name}" has elements of type ${Type[code] ?? code}, which cannot be explained; export the model with float32 weights`,
		);
	}

	return type;
};

/**
Reads a tensor, wherever the file keeps its elements.

float16, bfloat16 and double become float32; int64 stays exact.

@throws {ModelError} If shape and elements do not fit, or the element type has no place in a Graph.
*/
export const decodeTensor = (
	tensor: TensorProto,
	name: string,
	readExternal: ReadExternal,
): Tensor => {
	const code = tensor.dataType;
	const type = decodeElementType(code, name);
	const reading = readings[code as Type]!;
	const shape = tensor.dims.map(Number);
	const count = elementCount(shape);
	if (shape.some((size) => size < 0) || count > maxElements) {
		throw new ModelError(
			`The weights "${name}" have the impossible shape [${shape.join(', ')}]; the file is damaged, get a fresh copy`,
		);
	}

	const bytes =
		tensor.dataLocation === TensorProto_DataLocation.EXTERNAL
			? externalBytes(tensor, count * reading.size, readExternal)
			: tensor.rawData;
	// An empty field reads the same as an absent one; both mean the numbers stand one by one.
	const isRaw = bytes.byteLength > 0;
	if (isRaw && bytes.byteLength !== count * reading.size) {
		throw new ModelError(
			`The weights "${name}" have ${bytes.byteLength} bytes where shape [${shape.join(', ')}] needs ${count * reading.size}; the file is damaged, get a fresh copy`,
		);
	}

	const data = isRaw ? reading.raw(alignedCopy(bytes)) : reading.typed(tensor);
	if (data.length !== count) {
		throw new ModelError(
			`The weights "${name}" have ${data.length} elements where shape [${shape.join(', ')}] needs ${count}; the file is damaged, get a fresh copy`,
		);
	}

	return {type, shape, data};
};
