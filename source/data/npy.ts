import {UsageError} from '../errors.js';

/** An array from a `.npy` file, as float32 in C order. */
export type NpyArray = {
	/** Sizes, outermost first. */
	readonly shape: readonly number[];
	readonly data: Float32Array;
};

const magic = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];

const latin1 = new TextDecoder('latin1');

type Read = (buffer: ArrayBuffer) => Float32Array;

/** Readers by NumPy's name of the element type, little-endian. */
const readers: Readonly<Record<string, {size: number; read: Read}>> = {
	'<f4': {size: 4, read: (buffer) => new Float32Array(buffer)},
	'<f8': {
		size: 8,
		read: (buffer) => Float32Array.from(new Float64Array(buffer)),
	},
	'<i4': {size: 4, read: (buffer) => Float32Array.from(new Int32Array(buffer))},
	'<i8': {
		size: 8,
		read: (buffer) => Float32Array.from(new BigInt64Array(buffer), Number),
	},
	'|u1': {size: 1, read: (buffer) => Float32Array.from(new Uint8Array(buffer))},
	'|i1': {size: 1, read: (buffer) => Float32Array.from(new Int8Array(buffer))},
	'|b1': {size: 1, read: (buffer) => Float32Array.from(new Uint8Array(buffer))},
};

const header =
	/'descr':\s*'(?<type>[^']*)',\s*'fortran_order':\s*(?<isFortran>True|False),\s*'shape':\s*\((?<shape>[\d,\s]*)\)/v;

/**
Reads a `.npy` file of numbers.

@param name The file's name in messages.
@throws {UsageError} If it is not a `.npy` file, is cut short, or holds anything but numbers in C order.
@see https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
*/
export const decodeNpy = (bytes: Uint8Array, name: string): NpyArray => {
	if (bytes.length < 10 || magic.some((byte, at) => bytes[at] !== byte)) {
		throw new UsageError(
			`"${name}" is not a .npy file; write it with numpy.save("${name}", array)`,
		);
	}

	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	const isLong = bytes[6] >= 2;
	const start = isLong ? 12 : 10;
	const end =
		start +
		(isLong && bytes.length >= start
			? view.getUint32(8, true)
			: view.getUint16(8, true));
	const fields = header.exec(latin1.decode(bytes.subarray(start, end)))?.groups;
	const reader = fields && readers[fields.type.replace(/^=/v, '<')];
	if (!reader || fields.isFortran === 'True') {
		throw new UsageError(
			`"${name}" holds ${fields ? `elements of type ${fields.type}${fields.isFortran === 'True' ? ' in Fortran order' : ''}` : 'no array that can be read'}; write it as numpy.ascontiguousarray(array, numpy.float32)`,
		);
	}

	const shape = fields.shape
		.split(',')
		.filter((size) => size.trim() !== '')
		.map(Number);
	const size = shape.reduce((count, length) => count * length, reader.size);
	if (bytes.length - end !== size) {
		throw new UsageError(
			`"${name}" has ${bytes.length - end} bytes but an array of shape [${shape.join(', ')}] needs ${size}; write it again`,
		);
	}

	return {shape, data: reader.read(new Uint8Array(bytes.subarray(end)).buffer)};
};

/** Writes float32 numbers in C order as a `.npy` file, version 1.0. */
export const encodeNpy = (
	shape: readonly number[],
	data: Float32Array,
): Uint8Array => {
	const sizes = shape.length === 1 ? `${shape[0]},` : shape.join(', ');
	const text = `{'descr': '<f4', 'fortran_order': False, 'shape': (${sizes}), }`;
	// The data begin at a multiple of 64 bytes; the header ends with a line break.
	const start = Math.ceil((10 + text.length + 1) / 64) * 64;
	const bytes = new Uint8Array(start + data.byteLength).fill(0x20, 0, start);
	bytes.set([...magic, 1, 0]);
	new DataView(bytes.buffer).setUint16(8, start - 10, true);
	bytes.set(new TextEncoder().encode(text), 10);
	bytes[start - 1] = 0x0a;
	bytes.set(
		new Uint8Array(data.buffer, data.byteOffset, data.byteLength),
		start,
	);
	return bytes;
};
