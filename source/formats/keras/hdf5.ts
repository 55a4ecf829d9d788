import type {Group} from 'h5wasm';
import {ModelError} from '../../errors.js';
import type {Tensor} from '../../graph/tensor.js';

/** What a file of HDF5 holds, as far as Keras writes it. */
export type Hdf5 = {
	/** Texts among the attributes of the file itself. */
	readonly attributes: ReadonlyMap<string, string>;
	/** Tensors of floats by their path, `model_weights/conv1/conv1/kernel:0`. */
	readonly weights: ReadonlyMap<string, Tensor>;
};

/** A nest deeper than this is none of Keras. */
const deepest = 32;

const readGroup = (
	group: Group,
	path: string,
	weights: Map<string, Tensor>,
	{Dataset, Group}: typeof import('h5wasm'),
	depth = 0,
): void => {
	for (const key of depth < deepest ? group.keys() : []) {
		const name = path === '' ? key : `${path}/${key}`;
		// Links to other files are neither of the two, and not followed.
		const entity = group.get(key);
		if (entity instanceof Group) {
			readGroup(entity, name, weights, {Dataset, Group} as typeof import('h5wasm'), depth + 1);
		} else if (entity instanceof Dataset) {
			const {value, shape} = entity;
			if (!(value instanceof Float32Array || value instanceof Float64Array)) {
				continue;
			}

			const data = Float32Array.from(value);
			if (!data.every((each) => Number.isFinite(each))) {
				throw new ModelError(
					`The weights "${name}" hold NaN or infinity; train or export the model again`,
				);
			}

			weights.set(name, {type: 'float32', shape: shape ?? [], data});
		}
	}
};

/**
Reads a file of HDF5 from memory, by a library that sees no other file.

@throws {ModelError} When it is damaged.
*/
export const readHdf5 = async (bytes: Uint8Array): Promise<Hdf5> => {
	const hdf5 = await import('h5wasm');
	const {FS} = await hdf5.ready;
	const path = 'model.h5';
	FS.writeFile(path, bytes);
	try {
		const file = new hdf5.File(path, 'r');
		try {
			if (file.file_id < 0n) {
				throw new ModelError(
					'The model is no HDF5 file, or it is cut short; get a fresh copy of it',
				);
			}

			const attributes = new Map<string, string>();
			for (const [name, {value}] of Object.entries(file.attrs)) {
				if (typeof value === 'string') {
					attributes.set(name, value);
				}
			}

			const weights = new Map<string, Tensor>();
			readGroup(file, '', weights, hdf5);
			return {attributes, weights};
		} finally {
			file.close();
		}
	} catch (error) {
		throw error instanceof ModelError
			? error
			: new ModelError(
					'The model is a damaged HDF5 file, or it is cut short; get a fresh copy of it',
				);
	} finally {
		FS.unlink(path);
	}
};
