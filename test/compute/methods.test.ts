import {readFileSync} from 'node:fs';
import path from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {methodNames} from '../../source/cam/find-method.js';
import type {EvaluatedImage} from '../../source/compute/evaluated-image.js';
import {createExplainer} from '../../source/compute/explainer.js';
import {loadModel} from '../../source/compute/model/load-model.js';
import {decodeNpy} from '../../source/data/npy.js';

const fixtures = path.resolve(import.meta.dirname, '../../fixtures/reference');

const read = (...parts: string[]) =>
	decodeNpy(readFileSync(path.join(fixtures, ...parts)), parts.at(-1)!);

type Case = {
	readonly layers: Readonly<Record<string, string>>;
	readonly targets: ReadonlyArray<{
		readonly class: number;
		readonly x?: number;
		readonly y?: number;
	}>;
};

const readCase = (name: string) =>
	// eslint-disable-next-line @typescript-eslint/no-unsafe-type-assertion -- written by the script beside it
	JSON.parse(
		readFileSync(path.join(fixtures, name, 'case.json'), 'utf8'),
	) as Case;

/** A point of the integral may lie so near to where a ReLU opens that single precision falls on the other side. */
const gate = (method: string) =>
	method === 'integrated-gradients' ? 1e-3 : 1e-5;

/** Max |a − b| / max |b| */
const relativeError = (
	found: Float32Array,
	wanted: Float32Array,
	floor = Number.NEGATIVE_INFINITY,
) => {
	let error = 0;
	let most = 0;
	for (const [at, value] of wanted.entries()) {
		const clipped = Math.max(value, floor);
		error = Math.max(error, Math.abs(found[at] - clipped));
		most = Math.max(most, Math.abs(clipped));
	}

	return error / most;
};

/** A case's network with its input, opened for questions. */
const open = async (name: string, runtime: string) => {
	const {layers, targets} = readCase(name);
	const model = await loadModel(path.join(fixtures, name, 'model.onnx'), {
		runtime,
	});
	const input = read(name, 'input.npy');
	const [height, width] = input.shape.slice(2);
	const network = model.network({height, width});
	const explainer = await createExplainer({
		graph: network.graph,
		logits: network.logits.name,
		layers: Object.values(layers),
		runtime: model.runtime,
	});
	const forward = async (data: Float32Array) =>
		explainer.forward(new Map([[model.format.name, data]]));
	const evaluated = await forward(input.data);
	const targetAt = (index: number) => {
		const {class: id, x = 0, y = 0} = targets[index];
		const columns = network.logits.shape[3] ?? 1;
		return {class: id, pixels: [{position: y * columns + x}]};
	};

	const explain = async (
		method: string,
		{layer = Object.values(layers)[0], index = 0, settings = {}} = {},
	) => evaluated.explain({method, layer, target: targetAt(index), settings});
	const explainAll = async (method: string, settings = {}) =>
		evaluated.explainAll({
			method,
			layer: Object.values(layers)[0],
			targets: [...targets.keys()].map((index) => targetAt(index)),
			settings,
		});
	return {
		layers: Object.entries(layers),
		targets,
		input,
		explainAll,
		forward,
		explain,
		logit(at: EvaluatedImage) {
			const {class: id, pixels} = targetAt(0);
			const space = at.logits.length / network.logits.shape[1];
			return at.logits[id * space + pixels[0].position];
		},
		model,
		explainer,
	};
};

const cases = [
	'aspp',
	'efficient',
	'lraspp',
	'mobile',
	'transformer',
	'transposed',
	'unet',
	'vgg',
];

describe.each(['onnxruntime', 'wasm'])('on %s', (runtime) => {
	test.each(cases)(
		"EigenCAM and Score-CAM of %s are the reference's",
		async (name) => {
			const {layers, targets, explain, model, explainer} = await open(
				name,
				runtime,
			);
			for (const [short, layer] of layers) {
				// eslint-disable-next-line no-await-in-loop -- one network
				const {map} = await explain('eigen-cam', {layer});
				expect(
					relativeError(map, read(name, `eigen-cam_${short}.npy`).data, 0),
					`eigen-cam at ${short}`,
				).toBeLessThan(1e-5);
				const wanted = read(name, `score-cam_${short}.npy`).data;
				for (const index of targets.keys()) {
					// eslint-disable-next-line no-await-in-loop
					const {map} = await explain('score-cam', {layer, index});
					expect(
						relativeError(
							map,
							wanted.subarray(index * map.length, (index + 1) * map.length),
						),
						`score-cam at ${short}, target ${index}`,
					).toBeLessThan(1e-5);
				}
			}

			await explainer.dispose();
			await model.dispose();
		},
	);

	test.each(['aspp', 'mobile', 'vgg'])(
		"attributions to the input of %s are the reference's",
		async (name) => {
			const {explain, input, model, explainer} = await open(name, runtime);
			const [height, width] = input.shape.slice(2);
			for (const method of [
				'saliency',
				'input-times-gradient',
				'guided-backpropagation',
				'deconvolution',
				'integrated-gradients',
			]) {
				// eslint-disable-next-line no-await-in-loop -- one network
				const found = await explain(method);
				expect([found.height, found.width]).toEqual([height, width]);
				expect(
					relativeError(found.attribution!, read(name, `${method}.npy`).data),
					method,
				).toBeLessThan(gate(method));
			}

			await explainer.dispose();
			await model.dispose();
		},
	);
});

describe('of a classifier', () => {
	let vgg: Awaited<ReturnType<typeof open>>;
	beforeAll(async () => {
		vgg = await open('vgg', 'onnxruntime');
	});
	afterAll(async () => {
		await vgg.explainer.dispose();
		await vgg.model.dispose();
	});

	test('Integrated Gradients sum to what the input adds to the logit, within 1 %', async () => {
		const {explain, forward, input, logit} = vgg;
		const empty = await forward(new Float32Array(input.data.length));
		const full = await forward(input.data);
		const {attribution} = await explain('integrated-gradients');
		let sum = 0;
		for (const value of attribution!) {
			sum += value;
		}

		const wanted = logit(full) - logit(empty);
		expect(Math.abs(sum - wanted)).toBeLessThan(0.01 * Math.abs(wanted));
	});

	test('a guided walk leaves a Grad-CAM beside it untouched', async () => {
		const {explain} = vgg;
		const before = await explain('grad-cam');
		const [guided, beside, saliency] = await Promise.all([
			explain('guided-backpropagation'),
			explain('grad-cam'),
			explain('saliency'),
		]);
		const after = await explain('grad-cam');
		expect(beside.map).toEqual(before.map);
		expect(after.map).toEqual(before.map);
		expect(guided.map).not.toEqual(saliency.map);
	});

	test('guided Grad-CAM asks for the guided map of the requested class', async () => {
		const {explain} = vgg;
		for (const index of [0, 1]) {
			// eslint-disable-next-line no-await-in-loop -- one network
			const guided = await explain('guided-backpropagation', {index});
			// eslint-disable-next-line no-await-in-loop
			const both = await explain('guided-grad-cam', {index});
			// eslint-disable-next-line no-await-in-loop
			const cam = await explain('grad-cam', {index});
			// The corner pixel lies outside the centres of all cells, so that nothing is mixed into it.
			expect(both.attribution![0]).toBeCloseTo(
				guided.attribution![0] * cam.map[0],
				6,
			);
			expect(both.max).toBeGreaterThan(0);
		}
	});

	test('without noise SmoothGrad is the gradient, and SmoothGrad-CAM++ is Grad-CAM++', async () => {
		const {explain} = vgg;
		const settings = {samples: 2, sigma: 0};
		const smooth = await explain('smoothgrad', {settings});
		const plain = await explain('saliency');
		expect(relativeError(smooth.map, plain.map)).toBeLessThan(1e-6);
		const smoothCam = await explain('smoothgrad-cam++', {settings});
		const plainCam = await explain('grad-cam++');
		expect(relativeError(smoothCam.map, plainCam.map)).toBeLessThan(1e-4);
	});

	test('targets that are asked together get what each gets alone', async () => {
		const {explain, explainAll, targets} = vgg;
		const settings = {samples: 2, steps: 4};
		for (const method of methodNames) {
			// eslint-disable-next-line no-await-in-loop -- one network
			const together = await explainAll(method, settings);
			expect(together).toHaveLength(targets.length);
			for (const [index, {map, attribution}] of together.entries()) {
				// eslint-disable-next-line no-await-in-loop
				const alone = await explain(method, {index, settings});
				expect(relativeError(map, alone.map), method).toBeLessThan(1e-5);
				expect(attribution?.length, method).toBe(alone.attribution?.length);
			}
		}
	});

	test('a seed decides the noise', async () => {
		const {explain} = vgg;
		const settings = {samples: 3, seed: 7};
		const first = await explain('smoothgrad', {settings});
		const again = await explain('smoothgrad', {settings});
		const other = await explain('smoothgrad', {
			settings: {...settings, seed: 8},
		});
		expect(again.map).toEqual(first.map);
		expect(other.map).not.toEqual(first.map);
	});

	test('every method gives a map that is finite and never negative', async () => {
		for (const method of methodNames) {
			// eslint-disable-next-line no-await-in-loop -- one network
			const {map, width, height, max} = await vgg.explain(method, {
				settings: {samples: 2, steps: 4},
			});
			expect(map.length, method).toBe(width * height);
			expect(
				map.every((value) => value >= 0 && Number.isFinite(value)),
				method,
			).toBe(true);
			expect(max, method).toBeGreaterThan(0);
		}
	});
});
