import {existsSync} from 'node:fs';
import type {Goal} from '../../compute/maximize/objective.js';
import {toNamePart} from '../../data/name-part.js';
import {UsageError} from '../../errors.js';

/**
Names the picture, and the JSON file beside it.

@throws {UsageError} If `--out` is no PNG file, or one of the two exists and may not be replaced.
*/
export const chooseFiles = (
	goal: Goal,
	out: string | undefined,
	force: boolean,
): {file: string; curveFile: string} => {
	const name =
		goal.kind === 'class'
			? `maximize_class${goal.class}`
			: `maximize_${toNamePart(goal.layer)}_channel${goal.channel}`;
	const file = out ?? `${name}.png`;
	if (!file.toLowerCase().endsWith('.png')) {
		throw new UsageError(
			`--out "${file}" does not end in .png; choose a name that does`,
		);
	}

	const curveFile = `${file.slice(0, -4)}.json`;
	const taken = [file, curveFile].find((each) => existsSync(each));
	if (taken !== undefined && !force) {
		throw new UsageError(
			`"${taken}" already exists; choose another name with --out, or replace it with --force`,
		);
	}

	return {file, curveFile};
};
