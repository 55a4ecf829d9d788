import {closeSync, openSync, readSync, realpathSync, statSync} from 'node:fs';
import {readFile} from 'node:fs/promises';
import path from 'node:path';
import {ModelError, UsageError} from '../errors.js';
import {checkInputFile} from '../data/input-file.js';
import {decodeOnnx, type ReadExternal} from '../formats/onnx/index.js';
import type {ModelFile} from '../formats/model-file.js';

const isInside = (folder: string, file: string) =>
	file.startsWith(folder.endsWith(path.sep) ? folder : folder + path.sep);

/** Reads weights that lie beside a model, and nowhere else: a model file may come from anybody. */
const externalReader = (folder: string): ReadExternal => {
	const root = realpathSync(folder);
	return (location, offset, length) => {
		const outside = new ModelError(
			`The weights lie in "${location}", which is no file inside the model's folder and so is never read; export the model again in one file`,
		);
		const named = path.resolve(root, location);
		if (!isInside(root, named)) {
			throw outside;
		}

		let file: string;
		try {
			file = realpathSync(named);
		} catch {
			throw new ModelError(
				`The weights lie in "${location}", which is not there; put it into the model's folder`,
			);
		}

		// A link may lead out of the folder.
		if (!isInside(root, file) || !statSync(file).isFile()) {
			throw outside;
		}

		const bytes = new Uint8Array(length);
		const descriptor = openSync(file, 'r');
		try {
			const count = readSync(descriptor, bytes, 0, bytes.length, offset);
			if (count < bytes.length) {
				throw new ModelError(
					`The weights in "${location}" are cut short: ${offset + bytes.length} bytes are needed; get a fresh copy`,
				);
			}
		} finally {
			closeSync(descriptor);
		}

		return bytes;
	};
};

/**
Reads a model file and the weights beside it.

@throws {UsageError} When it cannot be read.
@throws {ModelError} When it is no model that can be explained; the message names the file.
*/
export const readModelFile = async (file: string): Promise<ModelFile> => {
	await checkInputFile(file, 'model');
	if (file.endsWith('.json')) {
		throw new UsageError(
			`The model "${file}" is a TensorFlow.js model, which cannot be read yet; convert it to ONNX`,
		);
	}

	try {
		return decodeOnnx(await readFile(file), externalReader(path.dirname(file)));
	} catch (error) {
		throw inFile(error, file);
	}
};

/** Says which file a model's error is about. */
export const inFile = (error: unknown, file: string): unknown =>
	error instanceof ModelError
		? new ModelError(`${file}: ${error.message}`, {cause: error})
		: error;
