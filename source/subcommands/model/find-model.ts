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
The file of a model: a path, a folder that holds `model.onnx`, or the name of an embedded network (`street`, or `models/street`). A path that leads to no file is returned as it is, for whoever reads it to complain about.

@throws {UsageError} When a mere name is that of no network.
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
