import {UsageError} from '../errors.js';
import {nearestName} from '../text.js';

/** The name among several that was meant. @throws {UsageError} When none was. */
export const choose = (
	what: string,
	word: string,
	names: readonly string[],
	remedy: string,
): string => {
	if (names.includes(word)) {
		return word;
	}

	const nearest = nearestName(word, names);
	throw new UsageError(
		`There is no ${what} "${word}"; ${nearest === undefined ? remedy : `did you mean ${nearest}?`}`,
	);
};
