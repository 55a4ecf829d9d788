import {existsSync} from 'node:fs';
import {readFile} from 'node:fs/promises';
import path from 'node:path';
import {UsageError} from '../../errors.js';
import {choose} from '../../text.js';
import {checkInputFile} from '../input-file.js';
import type {Palette} from './palette.js';
import {parsePalette} from './parse.js';
import * as datasets from './index.js';

/** The built-in palettes, by name. */
export const knownPalettes: readonly Palette[] = Object.values(datasets).flat();

const parseJson = (text: string): unknown => {
	try {
		return JSON.parse(text.replace(/^\uFEFF/v, ''));
	} catch {
		return undefined;
	}
};

/**
Finds the palettes that `--palette` names: a dataset's, or the one in a JSON file.

@throws {UsageError} If it is neither, or the file holds no palette.
*/
export const findPalettes = async (
	nameOrFile: string,
): Promise<readonly Palette[]> => {
	const dataset = Object.entries(datasets).find(
		([name]) => name === nameOrFile.toLowerCase(),
	);
	if (dataset) {
		return dataset[1];
	}

	if (!/[.\/\\]/v.test(nameOrFile) && !existsSync(nameOrFile)) {
		const names = Object.keys(datasets);
		choose(
			'palette',
			nameOrFile,
			names,
			`use ${names.join(', ')} or a JSON file`,
		);
	}

	await checkInputFile(nameOrFile, 'palette');
	const json = parseJson(await readFile(nameOrFile, 'utf8'));
	const palette = parsePalette(json, path.basename(nameOrFile));
	if (!palette) {
		throw new UsageError(
			`The palette "${nameOrFile}" ${json === undefined ? 'is not JSON' : 'lists no classes'}; write {"classes": [{"id": 0, "name": "sky", "color": "#82b4f0"}]}`,
		);
	}

	return [palette];
};

/**
Finds the palette beside a segmentation: a JSON file with the same name (for `street-segmentation.png` also `street.json`), or `palette.json`. JSON files that are not palettes, such as a labelling tool's polygons, are ignored.

@throws {UsageError} If a class in it cannot be read.
*/
export const findPaletteBeside = async (
	segmentation: string,
): Promise<Palette | undefined> => {
	const {dir, name} = path.parse(segmentation);
	const imageName = name.replace(/[\-_](?:segmentation|seg|mask)$/v, '');
	for (const file of [`${name}.json`, `${imageName}.json`, 'palette.json']) {
		const beside = path.join(dir, file);
		if (existsSync(beside)) {
			const palette = parsePalette(
				// eslint-disable-next-line no-await-in-loop -- each file only counts where those before it are none
				parseJson(await readFile(beside, 'utf8')),
				file,
			);
			if (palette) {
				return palette;
			}
		}
	}

	return undefined;
};
