import {createHash} from 'node:crypto';
import {hashFile} from '../../data/hash-file.js';
import type {Model} from './load-model.js';

/** The SHA-256 of a model: of its file or, where its weights lie in others, of the hashes of all. */
export const hashModel = async ({
	files,
}: Pick<Model, 'files'>): Promise<string> => {
	const hashes = await Promise.all(files.map(async (file) => hashFile(file)));
	return hashes.length === 1
		? hashes[0]
		: createHash('sha256').update(hashes.join('\n')).digest('hex');
};
