import {readdirSync} from 'node:fs';
import path from 'node:path';
import type {RequestedMap} from '../../compute/question/requested-maps.js';
import {UsageError} from '../../errors.js';
import type {Job, Settings} from './job.js';
import {fillTemplate} from './name-template.js';

/** What is known about all maps before anything is computed. */
export type KnownValues = {
	readonly maps: readonly RequestedMap[];
	/** Undefined if the network chooses them. */
	readonly classes: readonly number[] | undefined;
};

const listFolder = (folder: string): readonly string[] => {
	try {
		return readdirSync(folder);
	} catch {
		// Made when the first file is written, and if it cannot be, that is said there.
		return [];
	}
};

/** Stands for what only the network knows; `toNamePart` leaves it as it is. */
const unknown = 'UNKNOWN7F3A9C';

/** The names of an image's future files, with a token for what is not known yet. */
const namesOf = (
	{template, figureTemplate, withSingle, withNpy, withFigure}: Settings,
	{input, index}: Job,
	{maps, classes}: KnownValues,
): readonly string[] => {
	const fill = (named: string, layer: string, method: string, id: string) =>
		fillTemplate(named, {
			class: id,
			image: path.parse(input).name,
			index: String(index),
			label: unknown,
			layer,
			method,
			x: unknown,
			y: unknown,
		});
	const ids = classes?.map(String) ?? [unknown];
	const singles = maps.flatMap(({layer, method}) =>
		ids.map((id) => fill(template, layer, method, id)),
	);
	const [{layer, method}] = maps;
	return [
		...(withSingle ? singles.map((name) => `${name}.png`) : []),
		...(withNpy ? singles.map((name) => `${name}.npy`) : []),
		...(withFigure
			? [`${fill(figureTemplate, layer, method, ids[0])}.png`]
			: []),
	];
};

/**
Looks for existing files that are in the way, before anything is computed.

@throws {UsageError} If there is one.
*/
export const checkFolder = (
	jobs: readonly Job[],
	settings: Settings,
	known: KnownValues,
): void => {
	const {folder, force} = settings;
	const there = force ? [] : listFolder(folder);
	if (there.length === 0) {
		return;
	}

	const files = new Set(there);
	for (const job of jobs) {
		for (const name of namesOf(settings, job, known)) {
			const [start, ...rest] = name.split(unknown);
			const end = rest.at(-1);
			// Of one image alone, what another class left behind is not in the way.
			const isOpen = end !== undefined && jobs.length > 1;
			const found = isOpen
				? there.find((file) => file.startsWith(start) && file.endsWith(end))
				: files.has(name)
					? name
					: undefined;
			if (found !== undefined && !job.replaceable.has(found)) {
				throw new UsageError(
					`The file "${path.join(folder, found)}" already exists; replace it with --force, or choose another folder with --out`,
				);
			}
		}
	}
};
