import {UsageError} from '../../errors.js';
import {stripControl} from '../../text.js';

/** The place of a line, for messages. */
export type Place = {
	readonly path: string;
	/** From 1, as in editors. */
	readonly line: number;
};

const space = 0x20;
const zero = 0x30;
const point = 0x2e;

/** Space, tab or the carriage return of a CRLF. */
const isBlank = (byte: number): boolean =>
	byte === space || byte === 0x0d || byte === 0x09;

/** The end of the word that starts at `at`. */
const wordEnd = (line: Uint8Array, at: number): number => {
	while (at < line.length && !isBlank(line[at])) {
		at++;
	}

	return at;
};

const wordAt = (line: Uint8Array, at: number): string =>
	String.fromCodePoint(...line.subarray(at, wordEnd(line, at)).subarray(0, 24));

const lineError = ({path, line}: Place, problem: string): UsageError =>
	new UsageError(`The CSV "${path}", line ${line}: ${stripControl(problem)}`);

/**
Reads the flat indices of a line.

@param pixels Pixels of the image: every index is below.
@throws {UsageError} If something is not a whole number, or outside the image.
*/
export const parseIndices = (
	line: Uint8Array,
	pixels: number,
	place: Place,
): Uint32Array => {
	const indices = new Uint32Array((line.length + 1) >> 1);
	let count = 0;
	for (let at = 0; at < line.length; at++) {
		if (isBlank(line[at])) {
			continue;
		}

		const start = at;
		let index = 0;
		for (; at < line.length && !isBlank(line[at]); at++) {
			const digit = line[at] - zero;
			// NaN stays NaN to the end of the word.
			index = digit >= 0 && digit <= 9 ? index * 10 + digit : Number.NaN;
		}

		if (!(index < pixels)) {
			throw lineError(
				place,
				Number.isNaN(index)
					? `"${wordAt(line, start)}" is not a flat index; write row × width + column as a whole number`
					: `the index ${wordAt(line, start)} is outside the image, whose last is ${pixels - 1}; make the CSV for this image`,
			);
		}

		indices[count++] = index;
	}

	return indices.slice(0, count);
};

/** Powers of ten that a float64 holds exactly: dividing an exact integer by one rounds once, as `Number()` does. */
const powersOfTen = Float64Array.from({length: 16}, (_, power) => 10 ** power);

/** The longest word, in bytes, whose digits with one point are an exact float64. */
const exactLength = 16;

/** Reads digits with a point; the rare words of another form are left to `Number()`. */
const parseNumber = (line: Uint8Array, start: number, end: number): number => {
	let mantissa = 0;
	let digits = 0;
	let pointAt = -1;
	for (let at = start; at < end; at++) {
		const digit = line[at] - zero;
		if (digit >= 0 && digit <= 9) {
			mantissa = mantissa * 10 + digit;
			digits++;
		} else if (line[at] === point && pointAt === -1) {
			pointAt = at;
		} else {
			digits = 0;
			break;
		}
	}

	return digits === 0 || end - start > exactLength
		? Number(String.fromCodePoint(...line.subarray(start, end)))
		: mantissa / powersOfTen[pointAt === -1 ? 0 : end - pointAt - 1];
};

/**
Reads the weights of a line.

@param count Their number: one for each index of the line before.
@throws {UsageError} If something is not a number from 0 to 1, or there are more or fewer.
*/
export const parseWeights = (
	line: Uint8Array,
	count: number,
	place: Place,
): Float32Array => {
	const weights = new Float32Array(count);
	let found = 0;
	for (let at = 0; at < line.length; at++) {
		if (isBlank(line[at])) {
			continue;
		}

		const end = wordEnd(line, at);
		const weight = parseNumber(line, at, end);
		if (!(weight >= 0 && weight <= 1)) {
			throw lineError(
				place,
				`the weight "${wordAt(line, at)}" is not a number from 0 to 1; scale the weights`,
			);
		}

		// Writing past the end of a typed array does nothing; the number of words is compared below.
		weights[found++] = weight;
		at = end;
	}

	if (found !== count) {
		throw lineError(
			place,
			`${found} weights, but ${count} indices in the line before; make this pixel again`,
		);
	}

	return weights;
};
