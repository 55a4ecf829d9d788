import {existsSync, readdirSync, readFileSync} from 'node:fs';
import path from 'node:path';
import {describe, expect, onTestFinished, test} from 'vitest';
import {explain} from '../../../source/compute/explain.js';
import {prepareInput} from '../../../source/compute/input/input.js';
import {loadModel} from '../../../source/compute/model/load-model.js';
import {placePoints} from '../../../source/compute/precompute/points/place-points.js';
import {
	createPrecompute,
	type PrecomputeTask,
} from '../../../source/compute/precompute/precompute.js';
import {
	askNetwork,
	type Wish,
} from '../../../source/compute/precompute/question.js';
import {openPixelCsv} from '../../../source/data/pixel-csv/open.js';
import {UsageError} from '../../../source/errors.js';
import type {Image} from '../../../source/raster/image.js';
import {randomNumbers} from '../../graph/build.js';
import {temporaryFolder} from '../../temporary-folder.js';

const root = path.resolve(import.meta.dirname, '../../..');

/** A network whose head ends in a bilinear resize, so that maps are mixed. */
const mixing = path.join(root, 'fixtures/reference/aspp/model.onnx');

/** One whose logits are as many as the pixels. */
const decoding = path.join(root, 'fixtures/reference/unet/model.onnx');

const street = path.join(root, 'models/street/model.onnx');

/** Colors that change from pixel to pixel, and from one side to the other. */
const picture = (width: number, height: number): Image => {
	const next = randomNumbers(5);
	return {
		width,
		height,
		data: Uint8Array.from(
			{length: width * height * 3},
			(_, at) => 90 + 60 * next() + (100 * (at % (3 * width))) / (3 * width),
		),
	};
};

type SetUp = {
	readonly file?: string;
	readonly wish?: Wish;
	readonly image?: Image;
};

/** A model, a picture, and what precomputes it into a folder of its own. */
const setUp = async ({
	file = mixing,
	wish = {},
	image = picture(40, 30),
}: SetUp = {}) => {
	const model = await loadModel(file, {runtime: 'onnxruntime', threads: 1});
	onTestFinished(model.dispose);
	const input = await prepareInput(image, model);
	const question = askNetwork(model, input.size, wish);
	const precompute = await createPrecompute(model);
	const folder = temporaryFolder();
	const csv = path.join(folder, 'picture.csv');
	const run = async (
		options: Partial<PrecomputeTask['options']> = {},
		task: Partial<PrecomputeTask> = {},
	) =>
		precompute({
			model,
			question,
			options: {
				top: 250,
				threshold: 0,
				stride: 1,
				upsample: false,
				...options,
			},
			image: {file: 'picture.png', sha256: 'picture'},
			input,
			csv,
			generator: 'test',
			workers: 1,
			...task,
		});
	return {model, image, input, question, folder, csv, run};
};

type Subject = Awaited<ReturnType<typeof setUp>>;

/** The points of a pixel, as the explorer reads them. */
const openCsv = async ({csv, image, folder}: Subject) => {
	const opened = await openPixelCsv({
		path: csv,
		width: image.width,
		height: image.height,
		cache: path.join(folder, 'cache'),
	});
	onTestFinished(opened.close);
	return opened;
};

/** What `explain` says of a pixel, at the image pixels where the CSV has the cells. */
const explainLive = async (
	{model, image, input}: Subject,
	pixel: {readonly x: number; readonly y: number},
	method: string,
): Promise<ReadonlyMap<number, number>> => {
	const [{map, width, height, max}] = await explain(model, image, {
		pixel,
		methods: [method],
	});
	const {indices, pointOf} = placePoints(image, input.view, {width, height});
	return new Map(
		Array.from(map, (value, cell): [number, number] => [
			indices[pointOf[cell]],
			max > 0 ? value / max : 0,
		]),
	);
};

const pixels = [
	{x: 0, y: 0},
	{x: 39, y: 29},
	{x: 17, y: 4},
	{x: 8, y: 22},
	{x: 31, y: 15},
];

/** The precision of the file, and a little rounding. */
const tolerance = 0.000_06;

describe('a precomputed CSV', () => {
	test.each([
		['grad-cam', mixing],
		['hirescam', mixing],
		['layercam', mixing],
		['grad-cam', decoding],
		['xgrad-cam', decoding],
		['hirescam', decoding],
		['layercam', decoding],
		['grad-cam', street],
	])('shows what %s shows live (%s)', async (method, file) => {
		const subject = await setUp({file, wish: {method}});
		await subject.run({top: 100_000});
		const csv = await openCsv(subject);
		for (const {x, y} of pixels) {
			// eslint-disable-next-line no-await-in-loop
			const live = await explainLive(subject, {x, y}, method);
			// eslint-disable-next-line no-await-in-loop
			const {indices, weights} = await csv.lookup(y * subject.image.width + x);
			const read = new Map(
				Array.from(indices, (index, at): [number, number] => [
					index,
					weights[at],
				]),
			);
			expect([...read.keys()].filter((index) => !live.has(index))).toEqual([]);
			for (const [index, weight] of live) {
				expect(Math.abs((read.get(index) ?? 0) - weight)).toBeLessThan(
					tolerance,
				);
			}
		}
	});

	test.each([
		['mixed from', mixing],
		['summed along directions', decoding],
	])('is the same whatever the number of workers (%s)', async (_, file) => {
		const subject = await setUp({file, image: picture(70, 50)});
		await subject.run();
		const one = readFileSync(subject.csv);
		await subject.run({}, {workers: 3, force: true});
		expect(readFileSync(subject.csv).equals(one)).toBe(true);
	});

	test('says beside it what made it', async () => {
		const subject = await setUp();
		const {record, state} = await subject.run({top: 7});
		const text = readFileSync(`${subject.csv}.json`, 'utf8');
		expect(state).toBe('written');
		expect(JSON.parse(text)).toEqual(record);
		expect(record).toMatchObject({
			generator: 'test',
			image: {width: 40, height: 30},
			model: {file: mixing},
			runtime: 'onnxruntime',
			method: 'grad-cam',
			class: 'predicted',
			top: 7,
			bytes: readFileSync(subject.csv).length,
		});
		expect(record.model.sha256).toMatch(/^[\da-f]{64}$/v);
		expect(record.counts.explained + record.counts.zero).toBe(40 * 30);
	});

	test('leaves the pixels between those of the stride empty', async () => {
		const subject = await setUp();
		const {record} = await subject.run({stride: 3});
		const lines = readFileSync(subject.csv, 'latin1').split('\n');
		expect(lines).toHaveLength(2 * 40 * 30 + 1);
		const filled = lines.flatMap((line, at) =>
			at % 2 === 0 && line !== '' ? [at / 2] : [],
		);
		expect(
			filled.every(
				(at) => (at % 40) % 3 === 0 && Math.floor(at / 40) % 3 === 0,
			),
		).toBe(true);
		expect(record.counts.explained).toBe(filled.length);
		expect(record.counts.skipped).toBe(40 * 30 - 14 * 10);
	});

	test('has the strongest points, no more than wanted and none below the threshold', async () => {
		const subject = await setUp({file: decoding});
		await subject.run({top: 100_000});
		const before = await openCsv(subject);
		const whole = await before.lookup(615);
		await subject.run({top: 5, threshold: 0.4}, {force: true});
		const after = await openCsv(subject);
		const {indices, weights} = await after.lookup(615);
		const strongest = [...whole.weights].toSorted((a, b) => b - a);
		expect([...weights].toSorted((a, b) => b - a)).toEqual(
			strongest.slice(0, 5).filter((weight) => weight >= 0.4),
		);
		expect([...indices]).toEqual([...indices].toSorted((a, b) => a - b));
	});

	test('takes the class from the question or from a mask', async () => {
		const wanted = await setUp({wish: {class: '1'}});
		await wanted.run();
		const subject = await setUp();
		const {width, height} = subject.image;
		const {record} = await subject.run(
			{},
			{
				mask: {
					mark: {file: 'mask.png', sha256: 'mask'},
					segmentation: {
						width,
						height,
						labels: Uint8Array.from({length: width * height}, (_, at) =>
							at % width < 20 ? 1 : 200,
						),
						classes: new Map([
							[1, {id: 1, name: 'one', color: 0}],
							[200, {id: 200, name: 'nobody', color: 0}],
						]),
						palette: 'test',
					},
				},
			},
		);
		expect(record.counts.unclassed).toBe(20 * height);
		const [byClass, byMask] = [wanted, subject].map(({csv}) =>
			readFileSync(csv, 'latin1').split('\n'),
		);
		for (const [at, line] of byMask.entries()) {
			const isMasked = Math.floor(at / 2) % width < 20;
			expect(line).toBe(isMasked ? byClass[at] : '');
		}
	});

	test('of an enlarged map lists pixels of the image', async () => {
		const subject = await setUp();
		await subject.run({top: 100_000, upsample: true});
		const csv = await openCsv(subject);
		const {indices} = await csv.lookup(615);
		expect(indices.length).toBeGreaterThan(200);
	});
});

describe('a run that is stopped', () => {
	/** Stops after the first rows are written. */
	const stop = async (subject: Subject, options = {}) => {
		const controller = new AbortController();
		const stopped = subject.run(options, {
			signal: controller.signal,
			onProgress({of}) {
				if (of === 'pixels') {
					controller.abort();
				}
			},
		});
		await expect(stopped).rejects.toSatisfy(
			(reason) => reason === controller.signal.reason,
		);
	};

	// Several bands, each an answer of the worker.
	const large = {
		file: decoding,
		wish: {method: 'layercam'},
		image: picture(160, 120),
	};

	/** Rows so long that a worker answers few at a time. */
	const wide = {file: decoding, image: picture(2000, 30)};

	test.each([
		['walked from', large],
		['summed along directions', wide],
	])(
		'leaves nothing under the name of the file, and the next one goes on to the same bytes (%s)',
		async (_, setting) => {
			const subject = await setUp(setting);
			await subject.run();
			const whole = readFileSync(subject.csv);
			const again = await setUp(setting);
			await stop(again);
			expect(existsSync(again.csv)).toBe(false);
			const {state} = await again.run();
			expect(state).toBe('continued');
			expect(readFileSync(again.csv).equals(whole)).toBe(true);
			expect(readdirSync(again.folder).toSorted()).toEqual([
				'picture.csv',
				'picture.csv.json',
			]);
		},
	);

	test('leaves no finished file without what belongs to it', async () => {
		const subject = await setUp(large);
		const full = new Error('The disk is full');
		const stopped = subject.run(
			{},
			{
				async onSegmentation(segmentation) {
					expect(segmentation).toHaveLength(160 * 120);
					throw full;
				},
			},
		);
		await expect(stopped).rejects.toBe(full);
		expect(existsSync(subject.csv)).toBe(false);
		const {state} = await subject.run();
		expect(state).toBe('continued');
		expect(existsSync(subject.csv)).toBe(true);
	});

	test('is begun anew with other settings, and says which', async () => {
		const subject = await setUp(large);
		await stop(subject);
		const changes: Array<readonly string[]> = [];
		const {state} = await subject.run(
			{top: 3},
			{
				onStartAnew(changed) {
					changes.push(changed);
				},
			},
		);
		expect(changes).toEqual([['top']]);
		expect(state).toBe('written');
	});
});

describe('a file that exists', () => {
	test('is kept if the same settings made it', async () => {
		const subject = await setUp();
		await subject.run();
		await expect(subject.run()).resolves.toMatchObject({state: 'kept'});
	});

	test('is not replaced unless asked', async () => {
		const subject = await setUp();
		await subject.run();
		await expect(subject.run({top: 3})).rejects.toThrow(
			new UsageError(
				`The CSV "${subject.csv}" exists already, made with another top; name another with --out, or replace it with --force`,
			),
		);
		await expect(subject.run({top: 3}, {force: true})).resolves.toMatchObject({
			state: 'written',
		});
	});
});
