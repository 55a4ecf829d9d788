import {existsSync, statSync} from 'node:fs';
import path from 'node:path';
import {packageFile} from '../../package-file.js';

/** The networks that come with the program. */
const embedded = packageFile('models');

const isFile = (file: string): boolean =>
	existsSync(file) && statSync(file).isFile();

/**
The file of a model: a path, a folder that holds `model.onnx`, or the name of an embedded network (`street`, or `models/street`). A word that is none of them is returned as it is, for whoever reads it to complain about.
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
	return candidates.find((file) => isFile(file)) ?? word;
};
