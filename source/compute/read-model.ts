import {closeSync, openSync, readSync, realpathSync, statSync} from 'node:fs';
import {readFile} from 'node:fs/promises';
import path from 'node:path';
import {ModelError, UsageError} from '../errors.js';
import {checkInputFile} from '../data/input-file.js';
import {decodeOnnx, type ReadExternal} from '../formats/onnx/index.js';
import type {ModelFile} from '../formats/model-file.js';

/** Reads weights that lie beside a model, and nowhere else: a model file may come from anybody. */
const externalReader = (folder: string): ReadExternal => {
	const root = realpathSync(folder);
	return (location, offset, length) => {
		const named = path.resolve(root, location);
		let file: string;
		try {
			// Links are followed first, so that none leads out of the folder.
			file = realpathSync(named);
		} catch {
			throw new ModelError(
				`The weights lie in "${location}", which is not beside the model; put it into the model's folder`,
			);
		}

		const inside = path.relative(root, file);
		if (
			path.isAbsolute(location) ||
			inside.startsWith('..') ||
			path.isAbsolute(inside) ||
			!statSync(file).isFile()
		) {
			throw new ModelError(
				`The weights lie in "${location}", outside the model's folder or no file, which is never read; export the model again in one file`,
			);
		}

		const bytes = new Uint8Array(length ?? statSync(file).size - offset);
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
