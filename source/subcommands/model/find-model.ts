import {existsSync, readdirSync, statSync} from 'node:fs';
import path from 'node:path';
import {packageFile} from '../../package-file.js';
import {choose} from '../../text.js';

/** The networks that come with the program. */
const embedded = packageFile('models');

const isFile = (file: string): boolean =>
	existsSync(file) && statSync(file).isFile();

const embeddedNames = () =>
	readdirSync(embedded).filter((name) =>
		isFile(path.join(embedded, name, 'model.onnx')),
	);

/**
Finds a model's file from a path, a folder with `model.onnx` in it, or the name of an embedded network (`street`, or `models/street`). A path without a file is returned as it is; reading it gives the error.

@throws {UsageError} If a name without a path is not an embedded network.
*/
export const findModel = (word: string): string => {
	const name = word.replace(/^models[\/\\]/v, '');
	const candidates = [
		word,
		path.join(word, 'model.onnx'),
		...(/^[\w\-]+\/?$/v.test(name)
			? [path.join(embedded, name, 'model.onnx')]
			: []),
	];
	const found = candidates.find((file) => isFile(file));
	if (found === undefined && !existsSync(word) && /^\w+$/v.test(name)) {
		const names = embeddedNames();
		choose(
			'model',
			name,
			names,
			`name a file, or one of those that come with the program: ${names.join(', ')}`,
		);
	}

	return found ?? word;
};
