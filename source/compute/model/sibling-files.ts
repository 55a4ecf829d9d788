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

/** The files beside a model that it keeps weights in. */
export type SiblingFiles = {
	/** Reads part of one. @throws {ModelError} If it is missing, cut short, or outside the model's folder. */
	readonly readPart: ReadExternal;
	/** Reads the whole of one. @throws {ModelError} If it is missing, or outside the model's folder. */
	readonly readWhole: (location: string) => Uint8Array;
	/** The paths of those that have been read, in the order of their first reading. */
	readonly paths: () => readonly string[];
};

/** Opens the folder of a model. */
export const openSiblings = (folder: string): SiblingFiles => {
	const locate = locator(folder);
	const paths = new Set<string>();
	const find = (location: string): string => {
		const file = locate(location);
		paths.add(file);
		return file;
	};

	return {
		readPart(location, offset, length) {
			const bytes = new Uint8Array(length);
			if (readPart(find(location), offset, bytes) < length) {
				throw new ModelError(
					`The weights in "${location}" are cut short: ${offset + length} bytes are needed; get a fresh copy`,
				);
			}

			return bytes;
		},
		readWhole(location) {
			const file = find(location);
			const bytes = new Uint8Array(statSync(file).size);
			readPart(file, 0, bytes);
			return bytes;
		},
		paths: () => [...paths],
	};
};
