import {statSync} from 'node:fs';
import path from 'node:path';
import {glob, isDynamicPattern} from 'tinyglobby';
import {createRandomWords} from '../../data/augment-random.js';
import {UsageError} from '../../errors.js';

/** The picture suffixes looked for in a folder. */
const suffixes = 'avif,gif,jpeg,jpg,png,tif,tiff,webp';

const inOrder = new Intl.Collator('en', {numeric: true}).compare;

const isFolder = (word: string) =>
	statSync(word, {throwIfNoEntry: false})?.isDirectory() ?? false;

const isThere = (word: string) =>
	statSync(word, {throwIfNoEntry: false}) !== undefined;

const search = async (word: string): Promise<readonly string[]> => {
	const isListed = isFolder(word);
	const files = await glob(isListed ? `*.{${suffixes}}` : word, {
		cwd: isListed ? word : '.',
		caseSensitiveMatch: !isListed,
		expandDirectories: false,
		absolute: !isListed && path.isAbsolute(word),
	});
	if (files.length === 0) {
		throw new UsageError(
			isListed
				? `The folder "${word}" holds no image (${suffixes.replaceAll(',', ', ')}); name another one, or a pattern such as "${path.join(word, '**/*.jpg')}"`
				: `No file fits the pattern "${word}"; check the path`,
		);
	}

	return files
		.map((file) => (isListed ? path.join(word, file) : path.normalize(file)))
		.toSorted(inOrder);
};

/**
Expands the words of the command line (files, folders of images, patterns) to files. Each file is listed once, in the order of the words, then by name.

A missing file is listed too; it is reported when it is opened, like any bad image among many.

@throws {UsageError} If a folder or pattern matches nothing.
*/
export const findInputs = async (
	words: readonly string[],
): Promise<readonly string[]> => {
	const found = await Promise.all(
		words.map(async (word) =>
			isFolder(word) || (isDynamicPattern(word) && !isThere(word))
				? search(word)
				: [word],
		),
	);
	return [...new Set(found.flat())];
};

/**
Picks some at random, always the same for a seed; they keep their order.

@throws {UsageError} If there are fewer.
*/
export const drawInputs = (
	inputs: readonly string[],
	count: number,
	seed: number,
): readonly string[] => {
	if (count > inputs.length) {
		throw new UsageError(
			`--images ${count} asks for more than the ${inputs.length} that are there; use 1 to ${inputs.length}`,
		);
	}

	const words = new Uint32Array(inputs.length);
	createRandomWords(seed).fill(words);
	const drawn = new Set(
		[...inputs.keys()]
			.toSorted((a, b) => words[a] - words[b] || a - b)
			.slice(0, count),
	);
	return inputs.filter((_, index) => drawn.has(index));
};
