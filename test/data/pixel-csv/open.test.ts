import {
	appendFile,
	readdir,
	readFile,
	stat,
	truncate,
	utimes,
	writeFile,
} from 'node:fs/promises';
import path from 'node:path';
import fc from 'fast-check';
import {describe, expect, test, vi} from 'vitest';
import type {Heatmap} from '../../../source/cam/heatmap.js';
import {UsageError} from '../../../source/errors.js';
import {
	openPixelCsv,
	type PixelCsvOptions,
} from '../../../source/data/pixel-csv/open.js';
import {temporaryFolder} from '../../temporary-folder.js';

type Pixel = ReadonlyArray<readonly [index: number, weight: number]>;

/** The text of a CSV, as plainly as it can be made. */
const csvText = (
	pixels: readonly Pixel[],
	lineBreak = '\n',
	isTerminated = true,
) =>
	pixels
		.flatMap((points) => [
			points.map(([index]) => index).join(' '),
			points.map(([, weight]) => weight).join(' '),
		])
		.join(lineBreak) + (isTerminated ? lineBreak : '');

const pointsOf = ({indices, weights}: Heatmap): Pixel =>
	[...indices].map((index, at) => [index, weights[at]]);

/** As many pixels as the image has, with points that tell them apart; some have none. */
const makePixels = (count: number): Pixel[] =>
	Array.from({length: count}, (_, pixel) =>
		Array.from(
			{length: pixel % 5},
			(_, point) => [(pixel + point) % count, point / 4] as const,
		),
	);

/** Writes a CSV and says how to open it, with a cache of its own. */
const save = async (
	text: string,
	width: number,
	height: number,
): Promise<PixelCsvOptions> => {
	const folder = temporaryFolder();
	const file = path.join(folder, 'a.csv');
	await writeFile(file, text);
	return {path: file, width, height, cache: path.join(folder, 'cache')};
};

/** Opens, reads every pixel, closes. */
const readAll = async (options: PixelCsvOptions): Promise<Pixel[]> => {
	const csv = await openPixelCsv(options);
	try {
		await csv.indexed;
		const heatmaps = await Promise.all(
			Array.from({length: options.width * options.height}, async (_, pixel) =>
				csv.lookup(pixel),
			),
		);
		return heatmaps.map((heatmap) => pointsOf(heatmap));
	} finally {
		await csv.close();
	}
};

/** What opening, or indexing at the latest, says. */
const problemOf = async (options: PixelCsvOptions): Promise<string> => {
	const error: unknown = await readAll(options).then(
		() => undefined,
		(error: unknown) => error,
	);
	expect(error).toBeInstanceOf(UsageError);
	const message = error instanceof Error ? error.message : '';
	expect(message).not.toContain('\n');
	return message;
};

describe('reading', () => {
	test('every pixel is found, whatever the lengths of lines, line breaks and end', async () => {
		const size = fc.record({
			width: fc.integer({min: 1, max: 9}),
			height: fc.integer({min: 1, max: 9}),
		});
		const file = size.chain(({width, height}) => {
			const point = fc.tuple(
				fc.nat(width * height - 1),
				fc.constantFrom(0, 0.25, 0.5, 1),
			);
			const pixels = fc.array(fc.array(point, {maxLength: 30}), {
				minLength: width * height,
				maxLength: width * height,
			});
			return fc.record({
				width: fc.constant(width),
				height: fc.constant(height),
				pixels,
				lineBreak: fc.constantFrom('\n', '\r\n'),
				isTerminated: fc.boolean(),
			});
		});
		await fc.assert(
			fc.asyncProperty(
				file,
				async ({width, height, pixels, lineBreak, isTerminated}) => {
					const text = csvText(pixels, lineBreak, isTerminated);
					fc.pre(text !== '');
					expect(await readAll(await save(text, width, height))).toEqual(
						pixels,
					);
				},
			),
			{numRuns: 60},
		);
	});

	test('a heatmap has the size of the image', async () => {
		const csv = await openPixelCsv(await save(csvText(makePixels(12)), 4, 3));
		expect(await csv.lookup(11)).toMatchObject({width: 4, height: 3});
		await csv.close();
	});

	test('lines longer and chunks fuller than what is read at a time make no difference', async () => {
		const pixels = makePixels(6);
		pixels[2] = Array.from(
			{length: 200_000},
			(_, point) => [point % 6, 0.5] as const,
		);
		pixels[4] = Array.from(
			{length: 100_000},
			(_, point) => [point % 6, 1] as const,
		);
		expect(await readAll(await save(csvText(pixels), 3, 2))).toEqual(pixels);
	});

	test('an image of more than two million pixels shares offsets between neighbours', async () => {
		const [width, height] = [2000, 1101];
		const lines = Array.from({length: 2 * width * height}, () => '');
		for (const [at, pixel] of [
			0,
			1,
			1_100_001,
			width * height - 2,
			width * height - 1,
		].entries()) {
			lines[2 * pixel] = `${at} ${pixel}`;
			lines[2 * pixel + 1] = '0.5 1';
		}

		const csv = await openPixelCsv(
			await save(`${lines.join('\n')}\n`, width, height),
		);
		expect(pointsOf(await csv.lookup(1_100_001))).toEqual([
			[2, 0.5],
			[1_100_001, 1],
		]);
		expect(pointsOf(await csv.lookup(0))).toEqual([
			[0, 0.5],
			[0, 1],
		]);
		expect(pointsOf(await csv.lookup(1))).toEqual([
			[1, 0.5],
			[1, 1],
		]);
		expect(pointsOf(await csv.lookup(2))).toEqual([]);
		expect(pointsOf(await csv.lookup(width * height - 2))).toEqual([
			[3, 0.5],
			[width * height - 2, 1],
		]);
		expect(pointsOf(await csv.lookup(width * height - 1))).toEqual([
			[4, 0.5],
			[width * height - 1, 1],
		]);
		await csv.close();
	});

	test('blank lines that an editor left at the end do no harm', async () => {
		expect(
			await readAll(await save(`${csvText(makePixels(12))}\n \n`, 4, 3)),
		).toEqual(makePixels(12));
	});

	test('a wrong pixel is an error of its own; the others are still read', async () => {
		const lines = csvText(makePixels(12)).split('\n');
		lines[2 * 3] = '1 2 99';
		const options = await save(lines.join('\n'), 4, 3);
		const csv = await openPixelCsv(options);
		await csv.indexed;
		await expect(csv.lookup(3)).rejects.toThrow(
			`The CSV "${options.path}", line 7: the index 99 is outside the image, whose last is 11`,
		);
		expect(pointsOf(await csv.lookup(4))).toEqual(makePixels(12)[4]);
		await csv.close();
	});

	test('a pixel that the image does not have is a mistake of the caller', async () => {
		const csv = await openPixelCsv(await save(csvText(makePixels(12)), 4, 3));
		for (const pixel of [-1, 12, 1.5]) {
			// eslint-disable-next-line no-await-in-loop
			await expect(csv.lookup(pixel)).rejects.toThrow(RangeError);
		}

		await csv.close();
	});
});

describe('while the file is being indexed', () => {
	/** Large enough for a dozen chunks. */
	const large = async () => {
		const pixels = makePixels(60_000).map((points) =>
			points.length > 0 ? [...points, ...points, ...points] : points,
		);
		return {pixels, options: await save(csvText(pixels), 300, 200)};
	};

	test('early lookups wait for their pixel only, and get the right one', async () => {
		const {pixels, options} = await large();
		const order: string[] = [];
		const csv = await openPixelCsv(options);
		const looked = [59_999, 3, 30_000, 1].map(async (pixel) => {
			const heatmap = await csv.lookup(pixel);
			order.push(String(pixel));
			expect(pointsOf(heatmap)).toEqual(pixels[pixel]);
		});
		const indexed = csv.indexed.then(() => order.push('indexed'));
		await Promise.all([...looked, indexed]);
		expect(order.indexOf('3')).toBeLessThan(order.indexOf('indexed'));
		expect(order.indexOf('30000')).toBeLessThan(order.indexOf('59999'));
		await csv.close();
	});

	test('a lookup that is no longer wanted ends with the reason', async () => {
		const {options} = await large();
		const csv = await openPixelCsv(options);
		const reason = new Error('moved on');
		const controller = new AbortController();
		const lookup = csv.lookup(59_999, {signal: controller.signal});
		controller.abort(reason);
		await expect(lookup).rejects.toBe(reason);
		await csv.indexed;
		await expect(csv.lookup(0, {signal: controller.signal})).rejects.toBe(
			reason,
		);
		await csv.close();
	});

	test('progress rises from chunk to chunk and ends with the whole file', async () => {
		const {options} = await large();
		const onProgress = vi.fn<NonNullable<PixelCsvOptions['onProgress']>>();
		const csv = await openPixelCsv({...options, onProgress});
		await csv.indexed;
		await csv.close();
		const {size} = await stat(options.path);
		const done = onProgress.mock.calls.map(([progress]) => progress.done);
		expect(done).toEqual(done.toSorted((a, b) => a - b));
		expect(onProgress.mock.lastCall![0]).toMatchObject({
			done: size,
			total: size,
		});
	});

	test('closing ends the scan and rejects who waits', async () => {
		const {options} = await large();
		const csv = await openPixelCsv(options);
		const lookup = csv.lookup(59_999);
		const outcomes = Promise.allSettled([lookup, csv.indexed]);
		await csv.close();
		for (const outcome of await outcomes) {
			expect(outcome).toMatchObject({
				status: 'rejected',
				reason: {name: 'AbortError'},
			});
		}

		await expect(csv.lookup(0)).rejects.toMatchObject({name: 'AbortError'});
	});

	test('the signal of the opening ends the scan with its reason', async () => {
		const {options} = await large();
		const controller = new AbortController();
		const csv = await openPixelCsv({...options, signal: controller.signal});
		const reason = new Error('another image');
		controller.abort(reason);
		await expect(csv.indexed).rejects.toBe(reason);
		await csv.close();
		await expect(
			openPixelCsv({...options, signal: controller.signal}),
		).rejects.toBe(reason);
	});

	test('a file that grows meanwhile is not indexed', async () => {
		const {options} = await large();
		const csv = await openPixelCsv(options);
		await appendFile(options.path, '1\n1\n');
		await expect(csv.indexed).rejects.toThrow(
			'changed while it was read; open it again when it is written',
		);
		await csv.close();
	});
});

describe('the index that is kept', () => {
	/** Whether opening scans the file. */
	const scans = async (options: PixelCsvOptions) => {
		const onProgress = vi.fn<NonNullable<PixelCsvOptions['onProgress']>>();
		await readAll({...options, onProgress});
		return onProgress.mock.calls.length > 0;
	};

	const cacheFiles = async (cache: string) => {
		const names = await readdir(path.join(cache, 'pixel-csv'));
		return names.map((name) => path.join(cache, 'pixel-csv', name));
	};

	test('serves the second opening, and gives the same pixels', async () => {
		const options = await save(csvText(makePixels(12)), 4, 3);
		expect(await scans(options)).toBe(true);
		expect(await scans(options)).toBe(false);
		expect(await readAll(options)).toEqual(makePixels(12));
		expect(await cacheFiles(options.cache!)).toHaveLength(1);
	});

	test('is made anew when the file has another size or time, in the place of the old one', async () => {
		const options = await save(csvText(makePixels(12)), 4, 3);
		await scans(options);
		await writeFile(options.path, csvText(makePixels(12), '\r\n'));
		expect(await scans(options)).toBe(true);
		await utimes(options.path, 1, 1);
		expect(await scans(options)).toBe(true);
		expect(await scans(options)).toBe(false);
		expect(await cacheFiles(options.cache!)).toHaveLength(1);
	});

	test('does not serve an image of another size', async () => {
		const options = await save(csvText(makePixels(12)), 4, 3);
		await scans(options);
		expect(await problemOf({...options, width: 5})).toContain('it fits 4×3');
	});

	test('is made anew wherever it is damaged', async () => {
		const options = await save(csvText(makePixels(12)), 4, 3);
		await scans(options);
		const [file] = await cacheFiles(options.cache!);
		const whole = await readFile(file);
		for (let at = 0; at < whole.length; at += 3) {
			const damaged = new Uint8Array(whole);
			damaged[at] ^= 0x40;
			// eslint-disable-next-line no-await-in-loop
			await writeFile(file, damaged);
			// eslint-disable-next-line no-await-in-loop
			expect(await scans(options)).toBe(true);
		}

		await truncate(file, whole.length - 8);
		expect(await scans(options)).toBe(true);
		await writeFile(file, '');
		expect(await scans(options)).toBe(true);
		expect(await readAll(options)).toEqual(makePixels(12));
	});

	test('is done without where the cache cannot be written', async () => {
		const options = await save(csvText(makePixels(12)), 4, 3);
		await writeFile(options.cache!, 'a file where the folder should be');
		expect(await readAll(options)).toEqual(makePixels(12));
	});

	test('is not kept of a file that does not fit', async () => {
		const options = await save(csvText(makePixels(10)), 4, 3);
		await problemOf(options);
		await expect(readdir(options.cache!)).rejects.toThrow('ENOENT');
	});
});

describe('what is wrong with a file is said in one line', () => {
	test.each([
		['', 'is empty (0 bytes)'],
		[
			'<!DOCTYPE html>\n<html>',
			'is a web page or XML; download the file itself',
		],
		['\n <?xml version="1.0"?>', 'is a web page or XML'],
		['\u0089PNG\r\n\u001A\n\0\0', 'is binary, not text'],
		['1 2\n0.5 0.5\n\0', 'is binary, not text'],
		[
			'\uFEFF1 2\n0.5 0.5\n',
			'starts with a byte-order mark; save it without one',
		],
		[
			'1,2\n0.5,0.5\n',
			'separates numbers with commas or semicolons; separate them with spaces',
		],
		[
			'indices weights\n1 2\n',
			'starts with "indices", not with numbers; remove the header',
		],
		['"1" 2\n', `starts with ""1"", not with numbers`],
	])('a file that starts with %j', async (text, message) => {
		const options = await save(text, 4, 3);
		const problem = await problemOf(options);
		expect(problem).toContain(`The CSV "${options.path}" `);
		expect(problem).toContain(message);
	});

	test('a missing file and a folder are called so', async () => {
		const options = await save('', 4, 3);
		expect(await problemOf({...options, path: `${options.path}x`})).toContain(
			'does not exist; check the path',
		);
		expect(
			await problemOf({...options, path: path.dirname(options.path)}),
		).toContain('is a folder');
	});

	test.each([
		[
			'of an image with another width',
			csvText(makePixels(500 * 3)),
			'has 3,000 lines, but 400×3 pixels need 2,400, two each; it fits 500×3, so open the image it was made for',
		],
		['of a smaller image', csvText(makePixels(300 * 3)), 'it fits 300×3'],
		[
			'cut off inside a line',
			csvText(makePixels(400 * 3)).slice(0, 10_000),
			'it is cut off, so copy or make it again',
		],
		[
			'cut off between the lines of a pixel',
			csvText(makePixels(400 * 3))
				.split('\n')
				.slice(0, 1201)
				.join('\n') + '\n',
			'has 1,201 lines, but 400×3 pixels need 2,400, two each; it is cut off',
		],
		[
			'of a prime number of pixels',
			csvText(makePixels(1301)),
			'make it again for this image',
		],
		[
			'a line too many',
			`${csvText(makePixels(400 * 3))}1\n`,
			'has 2,401 lines, but 400×3 pixels need 2,400, two each; make it again for this image',
		],
	])('a file %s', async (_, text, message) => {
		expect(await problemOf(await save(text, 400, 3))).toContain(message);
	});

	test('lookups that waited say the same as the whole file', async () => {
		const options = await save(csvText(makePixels(10)), 4, 3);
		const csv = await openPixelCsv(options);
		const lookup = csv.lookup(11);
		await expect(lookup).rejects.toThrow('two each');
		await expect(csv.indexed).rejects.toThrow('two each');
		await expect(csv.lookup(0)).rejects.toThrow('two each');
		await csv.close();
	});

	test('a file that became shorter while it was open', async () => {
		const options = await save(csvText(makePixels(12)), 4, 3);
		const csv = await openPixelCsv(options);
		await csv.indexed;
		await truncate(options.path, 10);
		await expect(csv.lookup(11)).rejects.toThrow(
			'became shorter while it was open; open it again',
		);
		await csv.close();
	});
});
