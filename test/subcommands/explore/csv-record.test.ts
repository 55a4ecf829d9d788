import {writeFileSync} from 'node:fs';
import path from 'node:path';
import {describe, expect, test} from 'vitest';
import {placePoints} from '../../../source/compute/precompute/points/place-points.js';
import type {CsvRecord} from '../../../source/compute/precompute/record.js';
import {
	describeRecord,
	gatherCells,
	readCsvRecord,
} from '../../../source/subcommands/explore/csv-record.js';
import {temporaryFolder} from '../../temporary-folder.js';

const image = {width: 30, height: 20};

const record: CsvRecord = {
	generator: 'gradcam-tui',
	image: {file: 'street.png', sha256: '', ...image},
	model: {
		file: 'model.onnx',
		sha256: '',
		inputSize: [16, 16],
		format: {resize: 'stretch'},
		output: 'logits',
	},
	runtime: 'onnxruntime',
	layer: {name: 'last', width: 6, height: 5},
	method: 'grad-cam',
	class: 'predicted',
	top: 250,
	threshold: 0,
	stride: 4,
	upsample: false,
	counts: {explained: 1, zero: 0, skipped: 0, unclassed: 0},
	bytes: 4,
};

const writeCsv = (text = 'abcd', beside: unknown = record): string => {
	const csv = path.join(temporaryFolder(), 'street.csv');
	writeFileSync(csv, text);
	writeFileSync(`${csv}.json`, JSON.stringify(beside));
	return csv;
};

describe('what is noted of a CSV', () => {
	test('says the stride, the layer and the method', async () => {
		const read = await readCsvRecord(writeCsv(), image);
		expect(describeRecord(read)).toEqual({
			stride: 4,
			isLayers: true,
			layer: 'last',
			method: 'grad-cam',
		});
	});

	test('counts only for this very file and this size of image', async () => {
		expect(await readCsvRecord(writeCsv('longer'), image)).toBeUndefined();
		expect(
			await readCsvRecord(writeCsv(), {width: 20, height: 30}),
		).toBeUndefined();
		expect(await readCsvRecord(writeCsv('abcd', [1]), image)).toBeUndefined();
		expect(await readCsvRecord('/nowhere.csv', image)).toBeUndefined();
	});

	test('may be missing: then every pixel is there, as pixels', () => {
		expect(describeRecord(undefined)).toEqual({stride: 1, isLayers: false});
	});
});

describe('points that were the cells of a layer', () => {
	const gather = (cells: number[], changes: Partial<CsvRecord> = {}) => {
		const made = {...record, ...changes};
		const {indices, pointOf} = placePoints(
			image,
			{x: 0, y: 0, ...image},
			made.layer,
		);
		return gatherCells(
			image,
			made,
		)({
			...image,
			indices: Uint32Array.from(cells, (cell) => indices[pointOf[cell]]),
			weights: Float32Array.from(cells, (_, entry) => 1 / (entry + 1)),
		});
	};

	test('become these cells again', () => {
		const heatmap = gather([2, 7, 29]);
		expect([...heatmap.indices]).toEqual([2, 7, 29]);
		expect([...heatmap.weights]).toEqual([1, 0.5, Math.fround(1 / 3)]);
		expect(heatmap).toMatchObject({
			width: 6,
			height: 5,
			extent: {x: 0, y: 0, ...image},
		});
	});

	test('fill every cell that shares the pixel, where the layer is finer than the image', () => {
		const heatmap = gather([10], {
			layer: {name: 'first', width: 60, height: 20},
		});
		expect([...heatmap.indices]).toEqual([10, 11]);
	});

	test('stay pixels where the heatmap was enlarged to the image', () => {
		const heatmap = gather([2], {upsample: true});
		expect(heatmap.extent).toBeUndefined();
	});
});
