/* eslint-disable no-control-regex -- control characters are what this module is about. */
import {closestMatch} from 'leven';
import {UsageError} from './errors.js';

/** CSI, then OSC, DCS, SOS, PM and APC up to their end, then the shorter escapes; each with its 7-bit or 8-bit introducer. */
const escapeSequence =
	/(?:\u001B\[|\u009B)[0-?]*[ -\/]*[@-~]|(?:\u001B[\]PX^_]|[\u009D\u0090\u0098\u009E\u009F])[^\u0007\u001B\u009C]*(?:\u0007|\u001B\\|\u009C)|\u001B[ -\/]*[0-~]/gv;

/** Characters that break or move the line. */
const lineBreak = /[\t\n\v\f\r\u0085\u2028\u2029]+/gv;

/** Other control characters, marks that reorder text, and invisible characters; the joiners that emoji and Indic scripts need stay. */
const invisible = /[\p{Cc}\p{Bidi_Control}\u00AD\u200B\u2060\uFEFF]/gv;

/** Halves of characters, from files with broken escapes. */
const loneSurrogate = /\p{Surrogate}/gv;

/**
Makes text that came from a file (a class name, a file name, a label) safe for one line of a terminal.

Escape sequences, control characters and marks that reorder text are removed, runs of line breaks and tabs become a space, and the rest is composed (NFC).
*/
export const stripControl = (text: string): string =>
	text
		.replaceAll(escapeSequence, '')
		.replaceAll(lineBreak, ' ')
		.replaceAll(invisible, '')
		.replaceAll(loneSurrogate, '\uFFFD')
		.normalize('NFC');

const sortedLetters = (text: string) =>
	[...text.toLowerCase()].toSorted().join('');

/** The name that a misspelt or shortened word most likely means: one with the same letters, with at most a third of them wrong, or that contains the word. */
export const nearestName = (
	word: string,
	names: readonly string[],
): string | undefined =>
	names.find((name) => sortedLetters(name) === sortedLetters(word)) ??
	closestMatch(word, names, {
		maxDistance: Math.max(1, Math.round(word.length / 3)),
	}) ??
	(word.length > 2 ? names.find((name) => name.includes(word)) : undefined);

/** Checks that a name exists. @throws {UsageError} If it does not, suggesting the nearest one, or else the remedy. */
export const choose = (
	what: string,
	word: string,
	names: readonly string[],
	remedy = `use one of ${names.join(', ')}`,
): string => {
	if (names.includes(word)) {
		return word;
	}

	const nearest = nearestName(word, names);
	throw new UsageError(
		`There is no ${what} "${word}"; ${nearest === undefined ? remedy : `did you mean ${nearest}?`}`,
	);
};
