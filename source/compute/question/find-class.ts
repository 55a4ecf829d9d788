import {UsageError} from '../../errors.js';
import {choose} from '../../text.js';

const isCount = (text: string) => /^\d+$/v.test(text);

/** The id of a class, by id or name. @throws {UsageError} If it does not exist, or several have the name. */
export const findClass = (
	wanted: number | string,
	count: number,
	labels: readonly string[] | undefined,
): number => {
	const text = String(wanted);
	const known = labels?.slice(0, count) ?? [];
	const named = [...known.keys()].filter(
		(id) => known[id].toLowerCase() === text.toLowerCase(),
	);
	if (named.length > 1) {
		throw new UsageError(
			`The name "${text}" belongs to ${named.length} classes; give the id of one: ${named.join(', ')}`,
		);
	}

	if (named.length === 1) {
		return named[0];
	}

	if (!isCount(text)) {
		if (!labels) {
			throw new UsageError(
				`There is no class "${text}", since the classes have no names; give an id from 0 to ${count - 1}, or names with --labels`,
			);
		}

		choose(
			'class',
			text,
			known,
			`use an id from 0 to ${count - 1} or one of ${known.slice(0, 30).join(', ')}`,
		);
	}

	const id = Number(text);
	if (id >= count) {
		throw new UsageError(
			`Class ${text} is outside the ${count} classes of the model; use 0 to ${count - 1}`,
		);
	}

	return id;
};
