import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {poolAdjoint} from '../../../source/autodiff/walk/pool.js';
import {seedAdjoint, type Target} from '../../../source/autodiff/seed.js';
import {planWalk, type Values} from '../../../source/autodiff/walk/walk.js';
import type {Graph} from '../../../source/graph/graph.js';
import {tensorOf} from '../../../source/graph/tensor.js';
import {densify} from '../../../source/ops/adjoint/dense.js';
import {readActivations} from '../../../source/cam/activations.js';
import {readLayer} from '../../../source/cam/compute-maps.js';
import {createKernels} from '../../../source/runtimes/kernels.js';
import type {Runtime} from '../../../source/runtimes/runtime.js';
import {wasm} from '../../../source/runtimes/tfjs/index.js';
import {buildGraph, node, randomTensor} from '../../graph/build.js';

const width = 20;
const height = 16;
const classes = 5;
const channels = 64;

const convolution = (
	input: string,
	output: string,
	kernel: number,
	dilation = 1,
) => {
	const pad = (dilation * (kernel - 1)) / 2;
	return [
		node('Conv', [input, `${output}.weights`], `${output}.conv`, {
			kernel_shape: [kernel, kernel],
			dilations: [dilation, dilation],
			pads: [pad, pad, pad, pad],
		}),
		node('Relu', [`${output}.conv`], output),
	];
};

/** A head as DeepLab has one: dilations that reach beyond the border, a pooled branch, a bilinear resize. */
const graph = buildGraph({
	inputs: {image: [1, 3, height / 2, width / 2]},
	constants: {
		'layer.weights': randomTensor([channels, 3, 3, 3], 1),
		'near.weights': randomTensor([channels, channels, 3, 3], 2),
		'far.weights': randomTensor([channels, channels, 3, 3], 3),
		'pooled.weights': randomTensor([channels, channels, 1, 1], 4),
		'project.weights': randomTensor([24, 3 * channels, 1, 1], 5),
		'classifier.weights': randomTensor([classes, 24, 3, 3], 6),
		small: tensorOf('int64', [1, channels, height / 2, width / 2]),
		large: tensorOf('int64', [1, classes, height, width]),
	},
	nodes: [
		...convolution('image', 'layer', 3),
		...convolution('layer', 'near', 3, 2),
		...convolution('layer', 'far', 3, 6),
		node('GlobalAveragePool', ['layer'], 'mean'),
		...convolution('mean', 'pooled', 1),
		node('Resize', ['pooled', '', '', 'small'], 'spread', {mode: 'linear'}),
		node('Concat', ['near', 'far', 'spread'], 'joined', {axis: 1}),
		...convolution('joined', 'project', 1),
		node('Conv', ['project', 'classifier.weights'], 'low', {
			kernel_shape: [3, 3],
			pads: [1, 1, 1, 1],
		}),
		node('Resize', ['low', '', '', 'large'], 'logits', {mode: 'linear'}),
	],
});

const {shape} = graph.values.get('logits')!;
const pixel = (label: number, x: number, y: number): Target => ({
	class: label,
	pixels: [{position: y * width + x}],
});

/** In the corners, at the sides and in the middle. */
const targets = [
	pixel(0, 0, 0),
	pixel(1, 19, 0),
	pixel(2, 0, 15),
	pixel(3, 19, 15),
	pixel(4, 10, 0),
	pixel(0, 19, 8),
	pixel(1, 10, 8),
	pixel(2, 11, 8),
];

let runtime: Runtime;
let values: Values;

beforeAll(async () => {
	runtime = await wasm.open({});
	const {needs} = planWalk(graph, 'logits', ['layer', 'near']);
	const fetches = [...needs, 'layer'];
	const session = await runtime.load(graph, fetches);
	const {data} = randomTensor([1, 3, height / 2, width / 2], 7);
	const feeds = new Map([['image', Float32Array.from(data, Number)]]);
	values = await session.run(feeds, fetches);
	await session.dispose();
});

afterAll(async () => {
	await runtime.dispose();
});

const walkTo = (...layers: string[]) =>
	planWalk(graph, 'logits', layers).bind(values, createKernels(runtime));

const gradientOf = async (layer: string, ...asked: Target[]) => {
	const gradients = await walkTo(layer).gradients(seedAdjoint(shape, asked));
	return densify(gradients.get(layer)!).data;
};

const expectClose = (
	found: Float32Array,
	wanted: ArrayLike<number>,
	within = 1e-5,
) => {
	expect(found).toHaveLength(wanted.length);
	let most = 0;
	let error = 0;
	for (const [at, value] of found.entries()) {
		most = Math.max(most, Math.abs(wanted[at]));
		error = Math.max(error, Math.abs(value - wanted[at]));
	}

	expect(most).toBeGreaterThan(0);
	expect(error / most).toBeLessThan(within);
};

describe('a reverse walk', () => {
	test('serves many seeds at once as it serves each alone', async () => {
		const together = await gradientOf('layer', ...targets);
		const size = together.length / targets.length;
		for (const [at, target] of targets.entries()) {
			expectClose(
				together.subarray(at * size, (at + 1) * size),
				// eslint-disable-next-line no-await-in-loop -- one runtime
				await gradientOf('layer', target),
			);
		}
	});

	test('reaches several layers at once as it reaches each alone', async () => {
		const gradients = await walkTo('layer', 'near', 'project').gradients(
			seedAdjoint(shape, targets),
		);
		for (const layer of ['layer', 'near', 'project']) {
			expectClose(
				densify(gradients.get(layer)!).data,
				// eslint-disable-next-line no-await-in-loop
				await gradientOf(layer, ...targets),
			);
		}
	});

	test('is the same sparse and dense', async () => {
		const seed = seedAdjoint(shape, [targets[6]]);
		const walk = walkTo('layer');
		const sparse = await walk.gradients(seed);
		const dense = await walk.gradients(densify(seed));
		expect(sparse.get('layer')!.kind).toBe('sparse');
		expect(dense.get('layer')!.kind).toBe('dense');
		expectClose(
			densify(sparse.get('layer')!).data,
			densify(dense.get('layer')!).data,
		);
	});

	test('sums over space without placing rows, also at the border', async () => {
		const pooled = await walkTo('layer').pooled(seedAdjoint(shape, targets));
		const gradient = await gradientOf('layer', ...targets);
		const space = (width * height) / 4;
		expectClose(
			pooled.get('layer')!,
			Array.from({length: targets.length * channels}, (_, channel) =>
				gradient
					.subarray(channel * space, (channel + 1) * space)
					.reduce((sum, value) => sum + value, 0),
			),
		);
	});

	test('multiplies by forward values without placing rows, also at the border', async () => {
		const data = values.get('layer')!;
		const space = data.length / channels;
		const activations = readActivations(
			graph.values.get('layer')!,
			data,
			createKernels(runtime),
		);
		const layer = readLayer(activations);
		const gradient = await gradientOf('layer', ...targets);
		const expected = Array.from({length: targets.length * space}, (_, cell) => {
			const begin = Math.trunc(cell / space) * data.length + (cell % space);
			let sum = 0;
			for (let at = cell % space; at < data.length; at += space) {
				sum += gradient[begin - (cell % space) + at] * data[at];
			}

			return sum;
		});
		const walk = walkTo('layer');
		const seed = seedAdjoint(shape, targets);
		// Again, with what the first question left behind.
		for (const adjoint of [seed, seed, densify(seed)]) {
			// eslint-disable-next-line no-await-in-loop -- one runtime
			const dotted = await walk.dotted(adjoint, new Map([['layer', layer]]));
			expectClose(dotted.get('layer')!, expected);
		}
	});

	test('sums over a large area without rounding at every pixel', async () => {
		const side = 160;
		const wide = buildGraph({
			inputs: {image: [1, 8, side, side]},
			constants: {weights: randomTensor([8, 8, 3, 3], 1)},
			nodes: [
				node('Conv', ['image', 'weights'], 'logits', {pads: [1, 1, 1, 1]}),
			],
		});
		const walk = planWalk(wide, 'logits', ['image']).bind(
			new Map(),
			createKernels(runtime),
		);
		const weight = 1 / side ** 2;
		const everywhere = Array.from({length: side ** 2}, (_, position) => ({
			position,
			weight,
		}));
		const seed = seedAdjoint(
			[1, 8, side, side],
			[{class: 3, pixels: everywhere}],
		);
		const pooled = await walk.pooled(seed);
		const gradients = await walk.gradients(seed);
		expectClose(
			pooled.get('image')!,
			poolAdjoint(densify(gradients.get('image')!)),
			1e-6,
		);
	});

	test('sums over space what is the same everywhere, also at the border', async () => {
		const mean = buildGraph({
			inputs: {image: [1, channels, 9, 10]},
			constants: {weights: randomTensor([channels, channels, 3, 3], 1)},
			nodes: [
				node('Conv', ['image', 'weights'], 'convolved', {
					dilations: [2, 4],
					pads: [2, 4, 2, 4],
				}),
				node('GlobalAveragePool', ['convolved'], 'logits'),
			],
		});
		const walk = planWalk(mean, 'logits', ['image']).bind(
			new Map(),
			createKernels(runtime),
		);
		const seed = seedAdjoint([1, channels, 1, 1], [pixel(3, 0, 0)]);
		const pooled = await walk.pooled(seed);
		const gradients = await walk.gradients(seed);
		expectClose(
			pooled.get('image')!,
			poolAdjoint(densify(gradients.get('image')!)),
		);
	});

	test.each([
		node('GlobalAveragePool', ['image'], 'mean'),
		node('ReduceMean', ['image'], 'mean', {axes: [2, 3]}),
		node('ReduceMean', ['image'], 'mean', {axes: [-1, -2], keepdims: 0}),
	])('keeps the sums over space of a mean, as $opType', async (mean) => {
		const gated = buildGraph({
			inputs: {image: [1, channels, 9, 10]},
			constants: {
				weights: randomTensor([channels, classes], 1),
				flat: tensorOf('int64', [1, channels]),
			},
			nodes: [
				mean,
				node('Reshape', ['mean', 'flat'], 'row'),
				node('MatMul', ['row', 'weights'], 'logits'),
			],
		});
		const walk = planWalk(gated, 'logits', ['image']).bind(
			new Map(),
			createKernels(runtime),
		);
		const seed = seedAdjoint([1, classes], [pixel(3, 0, 0)]);
		const pooled = await walk.pooled(seed);
		const gradients = await walk.gradients(seed);
		expectClose(
			pooled.get('image')!,
			poolAdjoint(densify(gradients.get('image')!)),
		);
	});

	test('of a sum of pixels is the sum of theirs, each with its weight', async () => {
		const [a, b] = [targets[6], targets[0]];
		const sum = await gradientOf('layer', {
			class: 0,
			pixels: [{position: a.pixels[0].position, weight: 2}, ...b.pixels],
		});
		const first = await gradientOf('layer', {...a, class: 0});
		const second = await gradientOf('layer', {...b, class: 0});
		expectClose(
			sum,
			first.map((value, at) => 2 * value + second[at]),
		);
	});

	test('of a class versus another is the difference', async () => {
		const target = targets[6];
		const difference = await gradientOf('layer', {...target, versus: 3});
		const own = await gradientOf('layer', target);
		const other = await gradientOf('layer', {...target, class: 3});
		expectClose(
			difference,
			own.map((value, at) => value - other[at]),
		);
	});

	test('needs only what lies on the way', () => {
		expect([...planWalk(graph, 'logits', ['project']).needs]).toEqual([]);
		expect([...planWalk(graph, 'logits', ['near']).needs]).toEqual(['project']);
	});
});

/** The derivative of class 0 at the pixel with respect to a layer, for an image. */
const derivativeOf = async (
	network: Graph,
	layer: string,
	image: Float32Array,
): Promise<number[]> => {
	const plan = planWalk(network, 'logits', [layer]);
	const session = await runtime.load(network, [...plan.needs, layer]);
	const values = await session.run(new Map([['image', image]]), plan.needs);
	const walk = plan.bind(values, createKernels(runtime));
	const gradients = await walk.gradients(
		seedAdjoint(network.values.get('logits')!.shape, [
			{class: 0, pixels: [{position: 0}]},
		]),
	);
	await session.dispose();
	return [...densify(gradients.get(layer)!).data];
};

describe('what the network itself chooses by', () => {
	test('a condition has no derivative, the side that it takes has', async () => {
		const network = buildGraph({
			inputs: {image: [1, 1, 1, 3]},
			constants: {
				zero: tensorOf('float32', [0], []),
				axes: tensorOf('int64', [3]),
			},
			nodes: [
				node('Neg', ['image'], 'layer'),
				node('Greater', ['layer', 'zero'], 'condition'),
				node('Mul', ['layer', 'layer'], 'square'),
				node('Where', ['condition', 'square', 'layer'], 'chosen'),
				node('ReduceSum', ['chosen', 'axes'], 'logits', {keepdims: 1}),
			],
		});
		const image = Float32Array.of(-3, 2, -0.5);
		expect(await derivativeOf(network, 'layer', image)).toEqual([6, 1, 1]);
	});

	test('where the network looks has no derivative, what it sees there has', async () => {
		const network = buildGraph({
			inputs: {image: [1, 1, 1, 4]},
			nodes: [
				node('Neg', ['image'], 'layer'),
				node('ArgMax', ['layer'], 'place', {axis: 3, keepdims: 0}),
				node('Reshape', ['place', 'one'], 'index'),
				node('Gather', ['layer', 'index'], 'seen', {axis: 3}),
				node('TopK', ['layer', 'two'], ['largest', ''], {axis: 3}),
				node('ReduceSum', ['largest', 'axes'], 'sum'),
				node('GatherElements', ['layer', 'places'], 'last', {axis: 3}),
				node('Sum', ['seen', 'sum', 'last'], 'logits'),
			],
			constants: {
				one: tensorOf('int64', [1]),
				two: tensorOf('int64', [2]),
				axes: tensorOf('int64', [3]),
				places: tensorOf('int64', [-1], [1, 1, 1, 1]),
			},
		});
		const image = Float32Array.of(5, -7, 1, -6);
		expect(await derivativeOf(network, 'layer', image)).toEqual([0, 2, 0, 2]);
	});

	test('equal largest elements share the derivative', async () => {
		const network = buildGraph({
			inputs: {image: [1, 1, 1, 4]},
			nodes: [
				node('Relu', ['image'], 'layer'),
				node('ReduceMax', ['layer'], 'most', {axes: [3]}),
				node('Max', ['layer', 'zero'], 'same'),
				node('ReduceSum', ['same', 'axes'], 'sum'),
				node('Add', ['most', 'sum'], 'logits'),
			],
			constants: {
				zero: tensorOf('float32', [0], []),
				axes: tensorOf('int64', [3]),
			},
		});
		const image = Float32Array.of(3, -1, 3, 2);
		expect(await derivativeOf(network, 'layer', image)).toEqual([
			1.5, 0.5, 1.5, 1,
		]);
	});
});

describe('where no derivative passes', () => {
	test('the node is named, and the last value that can be explained', () => {
		const blocked = buildGraph({
			inputs: {image: [1, 2, 4, 4]},
			nodes: [
				node('Relu', ['image'], 'layer'),
				node('Sign', ['layer'], 'signs'),
				node('Sigmoid', ['signs'], 'logits'),
			],
		});
		expect(() => planWalk(blocked, 'logits', ['layer'])).toThrow(
			/\/signs\/Sign.*signs/v,
		);
		expect(() => planWalk(blocked, 'logits', ['signs'])).not.toThrow();
	});

	test('a layer without influence is named', () => {
		expect(() => planWalk(graph, 'near', ['far'])).toThrow(/far.*near/v);
	});

	test('classes and pixels that are not there are named with what there is', () => {
		expect(() => seedAdjoint(shape, [pixel(5, 0, 0)])).toThrow(
			/Class 5.*0 to 4/v,
		);
		expect(() => seedAdjoint(shape, [pixel(0, 0, 16)])).toThrow(
			/Pixel 320.*0 to 319/v,
		);
	});
});
