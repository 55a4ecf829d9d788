import {readdirSync, readFileSync} from 'node:fs';
import path from 'node:path';
import {expect, test, vi} from 'vitest';
import {
	writeSyntheticCsv,
	type AugmentOptions,
} from '../../source/data/augment.js';
import {
	createRandomWords,
	roundedNormal,
} from '../../source/data/augment-random.js';
import {openPixelCsv} from '../../source/data/pixel-csv/open.js';
import {temporaryFolder} from '../temporary-folder.js';

const makeOptions = (
	options: Partial<AugmentOptions> = {},
): AugmentOptions => ({
	path: path.join(temporaryFolder(), 'a.csv'),
	width: 90,
	height: 70,
	pointsPerPixel: 250,
	seed: 1,
	...options,
});

const textOf = async (options: AugmentOptions) => {
	await writeSyntheticCsv(options);
	return readFileSync(options.path, 'utf8');
};

/** The heatmap of one pixel. */
const lookUp = async (options: AugmentOptions, pixel: number) => {
	await writeSyntheticCsv(options);
	const csv = await openPixelCsv({
		path: options.path,
		width: options.width,
		height: options.height,
		cache: path.join(path.dirname(options.path), 'cache'),
	});
	await csv.indexed;
	const heatmap = await csv.lookup(pixel);
	await csv.close();
	return heatmap;
};

const moments = (values: readonly number[]) => {
	const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
	const variance =
		values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
	return {mean, variance};
};

test('the seed determines the file', async () => {
	const text = await textOf(makeOptions());
	expect(await textOf(makeOptions())).toBe(text);
	expect(await textOf(makeOptions({seed: 2}))).not.toBe(text);
});

test('a draw is normal with variance 50, and rounding adds its twelfth', () => {
	const {pick} = roundedNormal(50);
	const words = new Uint32Array(1_000_000);
	createRandomWords(7).fill(words);
	const draws = Array.from(words, (word) => pick(word));
	const {mean, variance} = moments(draws);
	expect(Math.abs(mean)).toBeLessThan(0.03);
	expect(Math.abs(variance - 50 - 1 / 12)).toBeLessThan(0.3);
	const share =
		draws.filter((draw) => Math.abs(draw) <= 7).length / draws.length;
	// The area of the curve within 7.5, that is 1.0607 standard deviations.
	expect(Math.abs(share - 0.7112)).toBeLessThan(0.002);
});

test('random words go on where the last ones ended', () => {
	const [first, second] = [new Uint32Array(6), new Uint32Array(6)];
	const random = createRandomWords(0);
	random.fill(first.subarray(0, 2));
	random.fill(first.subarray(2));
	createRandomWords(0).fill(second);
	expect(first).toEqual(second);
	expect(new Set(first).size).toBe(6);
});

test('points lie around their pixel, each once, with uniform weights', async () => {
	const width = 90;
	const {indices, weights} = await lookUp(
		makeOptions({pointsPerPixel: 2000}),
		35 * width + 45,
	);
	expect(new Set(indices).size).toBe(indices.length);
	const columns = moments(Array.from(indices, (index) => index % width));
	const rows = moments(
		Array.from(indices, (index) => Math.floor(index / width)),
	);
	expect(Math.abs(columns.mean - 45)).toBeLessThan(1.5);
	expect(Math.abs(rows.mean - 35)).toBeLessThan(1.5);

	const {mean, variance} = moments([...weights]);
	expect(Math.abs(mean - 0.5)).toBeLessThan(0.05);
	expect(Math.abs(variance - 1 / 12)).toBeLessThan(0.01);
});

test('a pixel has at most as many points as are drawn, and about a fifth fewer when 250 are', async () => {
	const {indices} = await lookUp(makeOptions(), 35 * 90 + 45);
	expect(indices.length).toBeGreaterThan(150);
	expect(indices.length).toBeLessThan(220);
	const single = await lookUp(makeOptions({pointsPerPixel: 1}), 0);
	expect(single.indices).toHaveLength(1);
});

test('points outside the image lie on its border', async () => {
	const options = makeOptions({width: 3, height: 2, pointsPerPixel: 500});
	const {indices} = await lookUp(options, 0);
	expect([...indices].toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5]);
});

test('progress counts pixels up to all of them', async () => {
	const onProgress = vi.fn<NonNullable<AugmentOptions['onProgress']>>();
	const options = makeOptions({onProgress});
	const written = await writeSyntheticCsv(options);
	expect(onProgress).toHaveBeenCalledTimes(70);
	expect(onProgress.mock.lastCall![0]).toMatchObject({done: 6300, total: 6300});
	expect(written.bytes).toBe(readFileSync(options.path).length);
});

test('an abort in the middle leaves nothing behind', async () => {
	const controller = new AbortController();
	const reason = new Error('Ctrl-C');
	const options = makeOptions({
		signal: controller.signal,
		onProgress({done}) {
			if (done > 3000) {
				controller.abort(reason);
			}
		},
	});
	await expect(writeSyntheticCsv(options)).rejects.toBe(reason);
	expect(readdirSync(path.dirname(options.path))).toEqual([]);
});
