import {UsageError} from '../../errors.js';
import {stripControl} from '../../text.js';

/** How many bytes of a file `checkStart` looks at. */
export const startLength = 4096;

/** How files that are not pixel CSVs start, as Latin-1 text, and what to say about them. */
const problems: ReadonlyArray<readonly [RegExp, string]> = [
	[/^\s*</v, 'is a web page or XML; download the file itself'],
	[
		/^\u00EF\u00BB\u00BF/v,
		'starts with a byte-order mark; save it without one',
	],
	[
		/[\p{Cc}--[\t\n\v\f\r]]/v,
		'is binary, not text; name the CSV with two lines a pixel',
	],
	[
		/[,;]/v,
		'separates numbers with commas or semicolons; separate them with spaces',
	],
];

/** Letters in the first line that can't belong to a number. */
const header = /^\s*(?!nan|inf)(?<word>["a-z_][^\s]*)/iv;

/**
Recognises other kinds of files by their first bytes, before gigabytes are read.

@throws {UsageError} If the file is a web page, binary, separated by commas, or has a header.
*/
export const checkStart = (start: Uint8Array, path: string): void => {
	const text = String.fromCodePoint(...start);
	const problem = problems.find(([pattern]) => pattern.test(text));
	if (problem) {
		throw new UsageError(`The CSV "${path}" ${problem[1]}`);
	}

	const word = header.exec(text)?.groups?.word;
	if (word !== undefined) {
		throw new UsageError(
			`The CSV "${path}" starts with "${stripControl(word.slice(0, 24))}", not with numbers; remove the header, line 1 is the first pixel's`,
		);
	}
};
