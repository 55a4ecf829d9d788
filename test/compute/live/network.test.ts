import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {explain} from '../../../source/compute/explain.js';
import {
	type OpenNetwork,
	openNetwork,
} from '../../../source/compute/live/network.js';
import type {
	LiveNetwork,
	LivePrediction,
} from '../../../source/compute/live/protocol.js';
import {loadModel} from '../../../source/compute/model/load-model.js';
import type {Image} from '../../../source/raster/image.js';
import {height, makeImage, model, width} from './made-image.js';

let image: Image;
let opened: OpenNetwork;
let network: LiveNetwork;
let prediction: LivePrediction;

beforeAll(async () => {
	image = makeImage(2 * width, 2 * height);
	opened = await openNetwork({
		model,
		load: {labels: ['sky', 'road', 'car', 'tree', 'sign']},
	});
	({network, prediction} = await opened.see(image));
});

afterAll(async () => {
	await opened.dispose();
});

describe('a network that has seen an image', () => {
	test('names its classes, and goes by its folder where the file is only called a model', () => {
		expect(network.name).toBe('aspp');
		expect(network.classes.map(({name}) => name)).toEqual([
			'sky',
			'road',
			'car',
			'tree',
			'sign',
		]);
		expect(new Set(network.classes.map(({color}) => color)).size).toBe(
			network.classes.length,
		);
	});

	test('lists its layers with the one that is asked first', () => {
		expect(network.layers.map(({name}) => name)).toContain(network.layer);
	});

	test('says the class with the greatest logit for every image pixel', () => {
		const space = prediction.width * prediction.height;
		const [x, y] = [31, 70];
		const cell = Math.floor(y / 2) * prediction.width + Math.floor(x / 2);
		const logits = network.classes.map(
			(_, id) => prediction.logits[id * space + cell],
		);
		expect(prediction.labels).toHaveLength(4 * width * height);
		expect(prediction.labels![y * 2 * width + x]).toBe(
			logits.indexOf(Math.max(...logits)),
		);
	});

	test('explains as the command does, the strongest cell being 1', async () => {
		const loaded = await loadModel(model);
		const [wanted] = await explain(loaded, image, {
			pixel: {x: 60, y: 40},
			class: 1,
			layers: [network.layer],
			methods: ['hirescam'],
		});
		await loaded.dispose();
		const map = await opened.explain({
			class: 1,
			cells: Uint32Array.of(20 * prediction.width + 30),
			layer: network.layer,
			method: 'hirescam',
		});
		expect([map.width, map.height]).toEqual([wanted.width, wanted.height]);
		expect(Math.max(...map.weights)).toBe(1);
		for (const [entry, cell] of map.indices.entries()) {
			expect(map.weights[entry]).toBeCloseTo(wanted.map[cell] / wanted.max, 6);
		}

		expect(map.indices).toHaveLength(
			wanted.map.filter((value) => value > 0).length,
		);
	});

	test('explains the difference of two classes, and the same class against itself by nothing', async () => {
		const question = {
			class: 1,
			cells: Uint32Array.of(500),
			layer: network.layer,
			method: 'hirescam',
		};
		const alone = await opened.explain(question);
		const versus = await opened.explain({...question, versus: 0});
		const itself = await opened.explain({...question, versus: 1});
		expect(versus).not.toEqual({...alone, ms: versus.ms});
		expect(itself.indices).toHaveLength(0);
	});

	test('answers other layers when they are asked for', async () => {
		const shapes: string[] = [];
		for (const {name, shape} of network.layers.slice(0, 3)) {
			// eslint-disable-next-line no-await-in-loop -- a network answers one question after the other
			const map = await opened.explain({
				class: 0,
				cells: Uint32Array.of(0),
				layer: name,
				method: 'layercam',
			});
			expect([map.height, map.width]).toEqual(shape.slice(2));
			shapes.push(shape.join('×'));
		}

		expect(shapes).toHaveLength(3);
	});
});

test('what a network does not see has no class', async () => {
	const wide = makeImage(3 * width);
	const cropped = await openNetwork({
		model,
		load: {inputSize: [height, width], resize: 'crop'},
	});
	const seen = await cropped.see(wide);
	await cropped.dispose();
	expect(seen.prediction.labels![0]).toBe(seen.network.classes.length);
	expect(seen.prediction.view.x).toBe(width);
});
