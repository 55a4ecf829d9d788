import {closeSync, openSync, readSync, realpathSync, statSync} from 'node:fs';
import path from 'node:path';
import {ModelError} from '../../errors.js';
import type {ReadExternal} from '../../formats/onnx/index.js';

const isInside = (folder: string, file: string) =>
	file.startsWith(folder.endsWith(path.sep) ? folder : folder + path.sep);

/** Locates the external weights of a model: inside its folder and nowhere else, since model files may come from anybody. */
const locator = (folder: string) => {
	const root = realpathSync(folder);
	return (location: string): string => {
		const outside = new ModelError(
			`The weights lie in "${location}", which is not a file inside the model's folder and so is never read; export the model again, in one folder`,
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

		return file;
	};
};

const readPart = (file: string, offset: number, bytes: Uint8Array): number => {
	const descriptor = openSync(file, 'r');
	try {
		return readSync(descriptor, bytes, 0, bytes.length, offset);
	} finally {
		closeSync(descriptor);
	}
};

/** Reads parts of files beside a model. */
export const partReader = (folder: string): ReadExternal => {
	const locate = locator(folder);
	return (location, offset, length) => {
		const bytes = new Uint8Array(length);
		if (readPart(locate(location), offset, bytes) < length) {
			throw new ModelError(
				`The weights in "${location}" are cut short: ${offset + length} bytes are needed; get a fresh copy`,
			);
		}

		return bytes;
	};
};

/** Reads whole files beside a model. @throws {ModelError} If one is missing, or outside the model's folder. */
export const wholeReader = (
	folder: string,
): ((location: string) => Uint8Array) => {
	const locate = locator(folder);
	return (location) => {
		const file = locate(location);
		const bytes = new Uint8Array(statSync(file).size);
		readPart(file, 0, bytes);
		return bytes;
	};
};
