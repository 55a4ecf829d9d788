import {existsSync} from 'node:fs';
import {readFile} from 'node:fs/promises';
import path from 'node:path';
import {checkInputFile, readStart} from '../../data/input-file.js';
import {ModelError} from '../../errors.js';
import type {ModelFile} from '../../formats/model-file.js';
import {refuseKnown} from '../../formats/refused.js';
import {openSiblings, type SiblingFiles} from './sibling-files.js';

/** A format of model files. */
type Format = {
	/** @param start The first bytes, as Latin-1 text. */
	readonly is: (start: string) => boolean;
	/** Imports its reader on demand: most runs open one format. */
	readonly read: (file: string, siblings: SiblingFiles) => Promise<ModelFile>;
};

/** In the order they are tried; the last one takes whatever no other claims. */
const formats: readonly Format[] = [
	{
		is: (start) => /^\s*[\{\[]/v.test(start),
		async read(file, {readWhole}) {
			const {decodeTfjs} = await import('../../formats/tfjs/decode.js');
			return decodeTfjs(await readFile(file, 'utf8'), readWhole);
		},
	},
	{
		is: (start) => start.startsWith('\u0089HDF\r\n'),
		async read(file) {
			const {decodeKerasH5} = await import('../../formats/keras/h5.js');
			return decodeKerasH5(await readFile(file));
		},
	},
	{
		is: (start) => start.startsWith('PK'),
		async read(file) {
			const {decodeKerasArchive} =
				await import('../../formats/keras/archive.js');
			return decodeKerasArchive(await readFile(file));
		},
	},
	{
		is: () => true,
		async read(file, {readPart}) {
			const {decodeOnnx} = await import('../../formats/onnx/index.js');
			return decodeOnnx(await readFile(file), readPart);
		},
	},
];

/** Enough bytes to recognise a format. */
const startLength = 512;

/**
Reads a model file of any format, and the weights beside it.

@returns The model, and the files that it was read from, its own first.
@throws {UsageError} If it cannot be read.
@throws {ModelError} If it is not a model that can be explained; the message names the file.
*/
export const readModelFile = async (
	file: string,
): Promise<ModelFile & {readonly files: readonly string[]}> => {
	try {
		const inFolder = path.join(file, 'saved_model.pb');
		if (existsSync(inFolder)) {
			refuseKnown(new Uint8Array(), inFolder);
		}

		await checkInputFile(file, 'model');
		const bytes = await readStart(file, startLength);
		refuseKnown(bytes, file);
		const start = bytes.toString('latin1');
		const siblings = openSiblings(path.dirname(file));
		const format = formats.find(({is}) => is(start))!;
		const model = await format.read(file, siblings);
		return {...model, files: [file, ...siblings.paths()]};
	} catch (error) {
		throw inFile(error, file);
	}
};

/** Prefixes a model's error with its file. */
export const inFile = (error: unknown, file: string): unknown =>
	error instanceof ModelError
		? new ModelError(`${file}: ${error.message}`, {cause: error})
		: error;
