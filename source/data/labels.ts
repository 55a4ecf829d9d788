import {readFile} from 'node:fs/promises';
import {UsageError} from '../errors.js';
import {stripControl} from '../text.js';
import {checkInputFile} from './input-file.js';

/** The greatest id; a file with greater ones is something else. */
const maxClasses = 100_000;

const refuse = (file: string, why: string): UsageError =>
	new UsageError(
		`The labels "${file}" ${why}; write one name a line, a JSON list ["cat", "dog"], or {"0": "cat", "1": "dog"}`,
	);

/** A name in JSON: a string, or ImageNet's pair ["n01440764", "tench"]. */
const nameOf = (value: unknown): string | undefined => {
	const name: unknown = Array.isArray(value) ? value[1] : value;
	return typeof name === 'string' ? name : undefined;
};

/** Turns names by id into a list. */
const toList = (
	entries: ReadonlyArray<readonly [id: string, name: string | undefined]>,
	file: string,
): readonly string[] => {
	const names: string[] = [];
	for (const [id, name] of entries) {
		const isId = /^\d{1,6}$/v.test(id) && Number(id) < maxClasses;
		if (!isId || name === undefined) {
			throw refuse(
				file,
				isId
					? `have no text for class ${id}`
					: `have "${stripControl(id)}" where the id of a class should stand`,
			);
		}

		if (names[Number(id)] !== undefined) {
			throw refuse(file, `name class ${id} twice`);
		}

		names[Number(id)] = name;
	}

	const missing = [...names.keys()].find((id) => names[id] === undefined);
	if (missing !== undefined) {
		throw refuse(file, `have no name for class ${missing}`);
	}

	return names;
};

const parseJson = (json: unknown, file: string): readonly string[] => {
	if (typeof json !== 'object' || json === null) {
		throw refuse(file, 'are neither a list nor an object');
	}

	return toList(
		Object.entries(json).map(([id, value]: [string, unknown]) => [
			id,
			nameOf(value),
		]),
		file,
	);
};

/** One entry of a Python dictionary: `0: 'tench, Tinca tinca'`, with the comma or brace after it. */
const entryPattern =
	/\s*(?<id>\d+)\s*:\s*(?:'(?<single>(?:[^'\\]|\\.)*)'|"(?<double>(?:[^"\\]|\\.)*)")\s*(?<end>,|\})/v;

/** Parses a Python dictionary, `{0: 'cat', 1: 'dog'}`; it is never evaluated. */
const parseDictionary = (text: string, file: string): readonly string[] => {
	const entries: Array<readonly [string, string]> = [];
	// Sticky: nothing between entries is passed over.
	const pattern = new RegExp(entryPattern, 'vy');
	pattern.lastIndex = 1;
	for (;;) {
		const at = pattern.lastIndex;
		const groups = pattern.exec(text)?.groups;
		if (!groups) {
			// A comma may stand before the brace.
			if (entries.length > 0 && /^\s*\}\s*$/v.test(text.slice(at))) {
				break;
			}

			throw refuse(
				file,
				`stop being a dictionary at character ${at + 1} ("${stripControl(text.slice(at, at + 20))}")`,
			);
		}

		const name = groups.single ?? groups.double;
		entries.push([groups.id, name.replaceAll(/\\(.)/gsv, '$1')]);
		if (groups.end === '}') {
			break;
		}
	}

	return toList(entries, file);
};

/**
Reads class names: one per line, a JSON list or object (also with pairs, as in ImageNet's index), or a Python dictionary.

@param file Its name in messages.
@throws {UsageError} If it is none of these, or a class has no name.
*/
export const parseLabels = (text: string, file: string): readonly string[] => {
	if (text.includes('\0') || text.includes('\uFFFD')) {
		throw refuse(file, 'are not text in UTF-8');
	}

	const trimmed = text.replace(/^\uFEFF/v, '').trim();
	if (trimmed === '') {
		throw refuse(file, 'are empty');
	}

	const isJson = file.toLowerCase().endsWith('.json');
	if (!isJson && !/^[\[\{]/v.test(trimmed)) {
		// A blank line within is a class without a name, and the count goes on.
		return trimmed.split(/\r?\n/v).map((line) => line.trim());
	}

	let json: unknown;
	try {
		json = JSON.parse(trimmed);
	} catch {
		if (trimmed.startsWith('{')) {
			return parseDictionary(trimmed, file);
		}

		throw refuse(file, 'are not JSON');
	}

	return parseJson(json, file);
};

/**
Loads class names, made safe for the screen: built-in ones (`imagenet`, or `imagenet-1001` with the background first, as in TensorFlow Slim) or those in a file.

@throws {UsageError} If the file cannot be read, or holds something else.
*/
export const loadLabels = async (
	nameOrFile: string,
): Promise<readonly string[]> => {
	if (nameOrFile === 'imagenet' || nameOrFile === 'imagenet-1001') {
		const {imagenet} = await import('./imagenet.js');
		return nameOrFile === 'imagenet' ? imagenet : ['background', ...imagenet];
	}

	await checkInputFile(nameOrFile, 'list of labels');
	const names = parseLabels(await readFile(nameOrFile, 'utf8'), nameOrFile);
	return names.map((name) => stripControl(name));
};
