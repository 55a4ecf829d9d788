import {ModelError} from '../../errors.js';
import {
	elementCount,
	type Tensor,
	type TensorData,
} from '../../graph/tensor.js';
import {fromFloat16} from '../float16.js';
import {isRecord, type JsonRecord, type ModelJson} from './model-json.js';

/**
Reads a shard whole.

@param location As the model names it, relative to the model's folder.
@throws {ModelError} If it is missing, or outside the model's folder.
*/
export type ReadShard = (location: string) => Uint8Array;

/** What the bytes of an element are read as; the buffer is aligned and little-endian. */
const readings: Readonly<
	Record<
		string,
		{readonly size: number; readonly read: (buffer: ArrayBuffer) => TensorData}
	>
> = {
	float32: {size: 4, read: (buffer) => new Float32Array(buffer)},
	float16: {size: 2, read: (buffer) => fromFloat16(new Uint16Array(buffer))},
	int32: {size: 4, read: (buffer) => new Int32Array(buffer)},
	uint16: {size: 2, read: (buffer) => Int32Array.from(new Uint16Array(buffer))},
	uint8: {size: 1, read: (buffer) => new Uint8Array(buffer)},
	bool: {size: 1, read: (buffer) => new Uint8Array(buffer)},
};

/** The types that a tensor can have once it is read. */
const types: Readonly<Record<string, Tensor['type']>> = {
	float32: 'float32',
	float16: 'float32',
	int32: 'int32',
	uint8: 'uint8',
	bool: 'bool',
};

/** What a manifest says of one tensor. */
type Entry = {
	readonly name: string;
	readonly shape: readonly number[];
	readonly type: Tensor['type'];
	/** The type that its bytes have; `string` for texts, which nothing of images reads. */
	readonly stored: string;
	/** `value · scale + min` is what the bytes stand for. */
	readonly quantized?: {readonly scale: number; readonly min: number};
};

const readEntry = (weight: JsonRecord): Entry => {
	const {name, shape, dtype, quantization} = weight;
	if (
		typeof name !== 'string' ||
		!Array.isArray(shape) ||
		!shape.every((size) => Number.isSafeInteger(size) && size >= 0)
	) {
		throw new ModelError(
			'The list of weights has an entry without a name or a shape; get a fresh copy of the model',
		);
	}

	if (dtype === 'string') {
		return {name, shape, type: 'uint8', stored: dtype};
	}

	const isQuantized = isRecord(quantization);
	const stored = String(isQuantized ? quantization.dtype : dtype);
	const type = types[String(dtype)];
	if (!type || !Object.hasOwn(readings, stored)) {
		throw new ModelError(
			`The weights "${name}" are of type ${String(dtype)}${isQuantized ? ` stored as ${stored}` : ''}, which cannot be read; export the model with float32, float16, uint16 or uint8 weights`,
		);
	}

	if (!isQuantized || stored === 'float16') {
		return {name, shape, type, stored};
	}

	const {scale, min} = quantization;
	if (typeof scale !== 'number' || typeof min !== 'number') {
		throw new ModelError(
			`The weights "${name}" are stored as ${stored} without scale and min; export the model again`,
		);
	}

	return {name, shape, type, stored, quantized: {scale, min}};
};

/** Where the bytes of a tensor end. Before each text stands how long it is. */
const endOf = (
	{shape, stored}: Entry,
	bytes: Uint8Array,
	begin: number,
): number => {
	const count = elementCount(shape);
	if (stored !== 'string') {
		return begin + count * readings[stored].size;
	}

	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	let end = begin;
	for (let at = 0; at < count && end + 4 <= bytes.byteLength; at++) {
		end += 4 + view.getUint32(end, true);
	}

	return end;
};

const decode = (entry: Entry, bytes: Uint8Array): Tensor => {
	const {name, shape, type, stored, quantized} = entry;
	// A copy, since the weights before it may have left it unaligned.
	const data = readings[stored].read(new Uint8Array(bytes).buffer);
	if (quantized) {
		const {scale, min} = quantized;
		const values = Float32Array.from<number | bigint>(
			data,
			(value) => Number(value) * scale + min,
		);
		return {
			type,
			shape,
			data: type === 'float32' ? values : Int32Array.from(values, Math.round),
		};
	}

	if (
		data instanceof Float32Array &&
		!data.every((value) => Number.isFinite(value))
	) {
		throw new ModelError(
			`The weights "${name}" hold NaN or infinity; train or export the model again`,
		);
	}

	return {type, shape, data};
};

const join = (parts: readonly Uint8Array[]): Uint8Array => {
	const whole = new Uint8Array(
		parts.reduce((size, {byteLength}) => size + byteLength, 0),
	);
	let offset = 0;
	for (const part of parts) {
		whole.set(part, offset);
		offset += part.byteLength;
	}

	return whole;
};

/** One group of weights: they lie one after the other in its shards. */
const readGroup = (group: unknown, readShard: ReadShard) => {
	if (
		!isRecord(group) ||
		!Array.isArray(group.paths) ||
		!Array.isArray(group.weights)
	) {
		throw new ModelError(
			'The list of weights has a group without paths or weights; get a fresh copy of the model',
		);
	}

	const paths = group.paths.map(String);
	const entries = group.weights
		.filter((weight) => isRecord(weight))
		.map((weight) => readEntry(weight));
	const bytes = join(paths.map((path) => readShard(path)));
	let needed = 0;
	const spans = entries.map((entry) => {
		const begin = needed;
		needed = endOf(entry, bytes, begin);
		return {entry, begin, end: needed};
	});
	if (bytes.byteLength !== needed) {
		const [first, last] = [paths[0], paths.at(-1)];
		throw new ModelError(
			`The weights in "${first}"${last === first ? '' : ` to "${last}"`} are too ${bytes.byteLength < needed ? 'short' : 'long'}: ${bytes.byteLength} bytes where the model lists ${needed}; get a fresh copy`,
		);
	}

	return spans
		.filter(({entry}) => entry.stored !== 'string')
		.map(({entry, begin, end}): [string, Tensor] => [
			entry.name,
			decode(entry, bytes.subarray(begin, end)),
		]);
};

/**
Reads the weights that a `model.json` lists.

@returns By name, without texts; quantised ones as what they stand for.
@throws {ModelError} If a shard is missing, of another size than the weights in it, or a type cannot be read.
@see https://github.com/tensorflow/tfjs/blob/master/tfjs-core/src/io/types.ts where `WeightsManifestConfig` is described.
*/
export const readWeights = (
	{weightsManifest}: ModelJson,
	readShard: ReadShard,
): ReadonlyMap<string, Tensor> => {
	if (!Array.isArray(weightsManifest)) {
		throw new ModelError(
			'The model lists no weights (no "weightsManifest"); save it with its weights',
		);
	}

	return new Map(
		weightsManifest.flatMap((group: unknown) => readGroup(group, readShard)),
	);
};
