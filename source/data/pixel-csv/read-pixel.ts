import {Buffer} from 'node:buffer';
import type {FileHandle} from 'node:fs/promises';
import type {Heatmap} from '../../cam/heatmap.js';
import {UsageError} from '../../errors.js';
import type {LineIndex} from './line-index.js';
import {parseIndices, parseWeights} from './parse-pixel.js';

const newline = 10;

/** The largest block, in bytes: a file without line breaks must not fill the memory. Twice what a pixel takes that lists a whole 2-megapixel image. */
const maxBlockLength = 64 * 1024 * 1024;

const lineEnd = (bytes: Buffer, start: number): number => {
	const end = bytes.indexOf(newline, start);
	return end === -1 ? bytes.length : end;
};

/**
Reads the two lines of a pixel whose block is in the index.

@throws {UsageError} If they are wrong.
*/
export const readPixel = async (
	file: FileHandle,
	{stride, offsets}: LineIndex,
	pixel: number,
	{
		path,
		width,
		height,
	}: {readonly path: string; readonly width: number; readonly height: number},
): Promise<Heatmap> => {
	const line = 2 * pixel + 1;
	const block = Math.floor(pixel / stride);
	const position = offsets[block];
	const length = offsets[block + 1] - position;
	if (length > maxBlockLength) {
		throw new UsageError(
			`The CSV "${path}" has ${Math.round(length / 1e6)} MB of text around line ${line}, more than pixels of an image can have; make it again`,
		);
	}

	const {buffer, bytesRead} = await file.read(
		Buffer.allocUnsafe(length),
		0,
		length,
		position,
	);
	if (bytesRead < length) {
		throw new UsageError(
			`The CSV "${path}" became shorter while it was open; open it again`,
		);
	}

	let start = 0;
	for (let passed = block * stride; passed < pixel; passed++) {
		start = lineEnd(buffer, lineEnd(buffer, start) + 1) + 1;
	}

	const middle = lineEnd(buffer, start);
	const indices = parseIndices(buffer.subarray(start, middle), width * height, {
		path,
		line,
	});
	const weights = parseWeights(
		buffer.subarray(middle + 1, lineEnd(buffer, middle + 1)),
		indices.length,
		{path, line: line + 1},
	);
	return {width, height, indices, weights};
};
