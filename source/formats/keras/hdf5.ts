import type {Dataset, Group} from 'h5wasm';
import {ModelError} from '../../errors.js';
import type {Tensor} from '../../graph/tensor.js';

/** The contents of an HDF5 file, as far as Keras uses them. */
export type Hdf5 = {
	/** The file's own attributes that are text. */
	readonly attributes: ReadonlyMap<string, string>;
	/** Tensors of floats by their path, `model_weights/conv1/conv1/kernel:0`. */
	readonly weights: ReadonlyMap<string, Tensor>;
};

/** Keras never nests deeper than this. */
const deepest = 32;

/** The datasets in a group and its subgroups, by path; links to other files are not followed. */
function* datasetsIn(
	group: Group,
	path = '',
	depth = 0,
): Generator<[string, Dataset]> {
	for (const key of depth < deepest ? group.keys() : []) {
		const name = path === '' ? key : `${path}/${key}`;
		const entity = group.get(key);
		if (entity && 'keys' in entity) {
			yield* datasetsIn(entity, name, depth + 1);
		} else if (entity && 'shape' in entity) {
			yield [name, entity];
		}
	}
}

const readWeights = (file: Group): ReadonlyMap<string, Tensor> => {
	const weights = new Map<string, Tensor>();
	for (const [name, {value: stored, shape}] of datasetsIn(file)) {
		const value = typeof stored === 'number' ? Float64Array.of(stored) : stored;
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

	return weights;
};

/**
Reads an HDF5 file from memory, with a library that has no access to other files.

@throws {ModelError} If it is damaged.
*/
export const readHdf5 = async (bytes: Uint8Array): Promise<Hdf5> => {
	const hdf5 = await import('h5wasm');
	const {FS, activate_throwing_error_handler: throwErrors} = await hdf5.ready;
	// Otherwise it prints them.
	throwErrors();
	const path = 'model.h5';
	FS.writeFile(path, bytes);
	try {
		const file = new hdf5.File(path, 'r');
		try {
			if (file.file_id < 0n) {
				throw new ModelError(
					'The model is not an HDF5 file, or is cut short; get a fresh copy',
				);
			}

			const attributes = new Map<string, string>();
			for (const [name, {value}] of Object.entries(file.attrs)) {
				if (typeof value === 'string') {
					attributes.set(name, value);
				}
			}

			return {attributes, weights: readWeights(file)};
		} finally {
			file.close();
		}
	} catch (error) {
		throw error instanceof ModelError
			? error
			: new ModelError(
					'The model is a damaged HDF5 file, or is cut short; get a fresh copy of it',
				);
	} finally {
		FS.unlink(path);
	}
};
