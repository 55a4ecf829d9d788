import {existsSync, readdirSync, readFileSync} from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import {afterAll, describe, expect, test} from 'vitest';
import {poolAdjoint} from '../../../source/autodiff/walk/pool.js';
import {planWalk, type Walk} from '../../../source/autodiff/walk/walk.js';
import {openModel} from '../../../source/compute/model/load-model.js';
import {decodeNpy} from '../../../source/index.js';
import type {Graph, Node} from '../../../source/graph/graph.js';
import {
	elementCount,
	type Shape,
	type Tensor,
	tensorOf,
} from '../../../source/graph/tensor.js';
import type {DenseAdjoint} from '../../../source/ops/adjoint/adjoint.js';
import {densify} from '../../../source/ops/adjoint/dense.js';
import type {Kernels} from '../../../source/ops/rules/kernels.js';
import {createKernels} from '../../../source/runtimes/kernels.js';
import {
	buildGraph,
	node,
	randomNumbers,
	randomTensor,
} from '../../graph/build.js';
import {openTfjs} from '../../runtimes/installed.js';

const fixtures = path.resolve(
	import.meta.dirname,
	'../../../fixtures/reference',
);
const runtimes = await openTfjs();

afterAll(async () => {
	await Promise.all(runtimes.map(async (runtime) => runtime.dispose()));
});

/** Follows the same derivatives, but node by node: a walk with a rule of its own for rectifiers is never finished in one run. */
const stepByStep = <Rule>(rule: Rule): Rule => rule;

/** Keeps the networks that are loaded. */
const watching = (kernels: Kernels) => {
	const networks: Graph[] = [];
	return {
		networks,
		kernels: {
			...kernels,
			network: async (...[key, make]: Parameters<Kernels['network']>) =>
				kernels.network(key, () => {
					const network = make();
					networks.push(network);
					return network;
				}),
		},
	};
};

const randomSeed = (graph: Graph, logits: string, seeds = 1): DenseAdjoint => {
	const {shape} = graph.values.get(logits)!;
	const length = seeds * elementCount(shape);
	return {
		kind: 'dense',
		seeds,
		shape,
		data: Float32Array.from({length}, randomNumbers(5)),
	};
};

/** Compares as far as float32 goes: relative to the largest element of what both are made of. */
const expectClose = (
	found: Float32Array,
	wanted: Float32Array,
	of: Float32Array = wanted,
) => {
	expect(found).toHaveLength(wanted.length);
	let most = 1e-20;
	for (const value of of) {
		most = Math.max(most, Math.abs(value));
	}

	let error = 0;
	for (const [at, value] of found.entries()) {
		error = Math.max(error, Math.abs(value - wanted[at]));
	}

	expect(error / most).toBeLessThan(1e-5);
};

/** Walks from some seeds both ways, to the gradients and to their sums. @returns The networks that were run for the first and for the second. */
const compare = async (
	{
		graph,
		logits,
		layers,
		image,
	}: {
		readonly graph: Graph;
		readonly logits: string;
		readonly layers: readonly string[];
		readonly image: Float32Array;
	},
	seeds = 1,
): Promise<readonly Graph[]> => {
	const [runtime] = runtimes;
	const finishing = planWalk(graph, logits, layers);
	const stepping = planWalk(graph, logits, layers, stepByStep);
	const {needs} = finishing;
	const session = await runtime.load(graph, [...needs, logits]);
	const feeds = new Map([[graph.inputs[0].name, image]]);
	const values = await session.run(feeds, needs);
	await session.dispose();
	const kernels = createKernels(runtime);
	const {kernels: watched, networks} = watching(kernels);
	const [ours, theirs]: Walk[] = [
		finishing.bind(values, watched),
		stepping.bind(values, kernels),
	];
	const seed = randomSeed(graph, logits, seeds);
	const found = await ours.gradients(seed);
	const wanted = await theirs.gradients(seed);
	const foundSums = await ours.pooled(seed);
	const wantedSums = await theirs.pooled(seed);
	for (const layer of layers) {
		const whole = densify(wanted.get(layer)!);
		const {data} = whole;
		expectClose(densify(found.get(layer)!).data, data);
		expectClose(
			foundSums.get(layer)!,
			wantedSums.get(layer)!,
			poolAdjoint({...whole, data: data.map((value) => Math.abs(value))}),
		);
	}

	await kernels.dispose();
	return networks;
};

const withModel = readdirSync(fixtures).filter((name) =>
	existsSync(path.join(fixtures, name, 'model.onnx')),
);

/** Adds a block to a network, and answers the nodes and constants; every value is `[1, 4, 6, 8]`. */
type Block = (
	input: string,
	output: string,
	seed: number,
) => {
	readonly nodes: readonly Node[];
	readonly constants?: Readonly<Record<string, Tensor>>;
};

const convolve =
	(weights: Shape, attributes: Node['attributes']): Block =>
	(input, output, seed) => ({
		nodes: [node('Conv', [input, `${output} w`], output, attributes)],
		constants: {[`${output} w`]: randomTensor(weights, seed)},
	});

/** Operators one after the other, that only read the one before, and constants. */
const chain =
	(...links: ReadonlyArray<readonly [Node, Tensor?]>): Block =>
	(input, output) => ({
		nodes: links.map(([link, tensor], index) => ({
			...link,
			name: `${output} ${index}`,
			inputs: [
				index === 0 ? input : `${output} ${index - 1}`,
				...link.inputs.filter((name) => name === ''),
				...(tensor ? [`${output} c${index}`] : []),
			],
			outputs: [index === links.length - 1 ? output : `${output} ${index}`],
		})),
		constants: Object.fromEntries(
			links.flatMap(([, tensor], index) =>
				tensor ? [[`${output} c${index}`, tensor]] : [],
			),
		),
	});

const link = (
	opType: string,
	attributes: Node['attributes'] = {},
	inputs: readonly string[] = [],
) => node(opType, inputs, '', attributes);

const ints = (...numbers: number[]) => tensorOf('int64', numbers);

/** Whatever keeps the size `[1, 4, 6, 8]`. */
const blocks: Readonly<Record<string, Block>> = {
	convolution: convolve([4, 4, 3, 3], {pads: [2, 1, 2, 1], dilations: [2, 1]}),
	depthwise: convolve([4, 1, 3, 1], {pads: [1, 0, 1, 0], group: 4}),
	stride: (input, output, seed) => ({
		nodes: [
			node('Conv', [input, `${output} w`], `${output} 0`, {
				strides: [2, 2],
				pads: [1, 1, 1, 1],
			}),
			node('ConvTranspose', [`${output} 0`, `${output} v`], output, {
				strides: [2, 2],
			}),
		],
		constants: {
			[`${output} w`]: randomTensor([6, 4, 3, 3], seed),
			[`${output} v`]: randomTensor([6, 4, 2, 2], seed + 1),
		},
	}),
	rectifier: chain([link('LeakyRelu', {alpha: 0.2})]),
	gate: (input, output) => ({
		nodes: [
			node('GlobalAveragePool', [input], `${output} mean`),
			node('Sigmoid', [`${output} mean`], `${output} gate`),
			node('Mul', [input, `${output} gate`], output),
		],
	}),
	residual: (input, output, seed) => ({
		nodes: [
			node('Sub', [`${output} w`, input], `${output} less`),
			node('Add', [`${output} less`, input], `${output} same`),
			node('Concat', [input, `${output} same`, input], `${output} all`, {
				axis: 1,
			}),
			node('Slice', [`${output} all`, 'begin', 'end', 'axis'], output),
		],
		constants: {
			[`${output} w`]: randomTensor([8], seed),
			begin: ints(3),
			end: ints(7),
			axis: ints(1),
		},
	}),
	resize: chain(
		[link('Resize', {mode: 'linear'}, ['', '']), ints(1, 4, 9, 5)],
		[link('Resize', {mode: 'cubic'}, ['', '']), ints(1, 4, 6, 8)],
	),
	pool: chain([
		link('AveragePool', {kernel_shape: [3, 3], pads: [1, 1, 1, 1]}),
	]),
	pad: chain(
		[link('Pad', {mode: 'reflect'}), ints(0, 0, 2, 1, 0, 0, 0, 3)],
		[link('Pad'), ints(0, 1, -1, -2, 0, -1, -1, -2)],
		[link('Pad'), ints(0, -1, 0, 0, 0, 1, 0, 0)],
	),
	shuffle: chain(
		[link('SpaceToDepth', {blocksize: 2})],
		[link('Reshape'), ints(1, 8, 2, 12)],
		[link('Transpose', {perm: [0, 2, 1, 3]})],
		[link('Reshape'), ints(0, 16, -1, 4)],
		[link('DepthToSpace', {blocksize: 2, mode: 'CRD'})],
	),
	attention: (input, output, seed) => ({
		nodes: [
			node('Reshape', [input, 'tokens'], `${output} k`),
			node('Transpose', [`${output} k`], `${output} q`, {perm: [0, 2, 1]}),
			node('MatMul', [`${output} q`, `${output} w`], `${output} p`),
			node('MatMul', [`${output} p`, `${output} k`], `${output} s`),
			node('Softmax', [`${output} s`], `${output} a`, {axis: -1}),
			node('MatMul', [`${output} a`, `${output} q`], `${output} m`),
			node('Transpose', [`${output} m`], `${output} t`, {perm: [0, 2, 1]}),
			node('Reshape', [`${output} t`, 'picture'], output),
		],
		constants: {
			[`${output} w`]: randomTensor([4, 4], seed),
			tokens: ints(1, 4, 48),
			picture: ints(1, 4, 6, 8),
		},
	}),
};

/** A network of some blocks, one after the other. */
const stack = (names: readonly string[]): Graph => {
	const built = names.map((name, index) =>
		blocks[name](
			index === 0 ? 'layer' : `block ${index - 1}`,
			`block ${index}`,
			index,
		),
	);
	return buildGraph({
		inputs: {image: [1, 4, 6, 8]},
		nodes: [
			node('Neg', ['image'], 'layer'),
			...built.flatMap(({nodes}) => nodes),
		],
		constants: Object.fromEntries(
			built.flatMap(({constants = {}}) => Object.entries(constants)),
		),
	});
};

describe('a walk that is finished in one run of a network', () => {
	test.each(withModel)(
		'finds the derivatives that its steps find, at every layer of %s',
		async (name) => {
			const model = await openModel(path.join(fixtures, name, 'model.onnx'));
			const input = decodeNpy(
				readFileSync(path.join(fixtures, name, 'input.npy')),
				'input.npy',
			);
			const [height, width] = input.shape.slice(2);
			const {graph, logits, layers} = model.network({width, height});
			let finished = 0;
			for (const layer of layers) {
				// eslint-disable-next-line no-await-in-loop -- one runtime
				const networks = await compare({
					graph,
					logits: logits.name,
					layers: [layer.name],
					image: input.data,
				});
				finished += networks.length;
			}

			expect(finished).toBeGreaterThan(0);
		},
	);

	test('finds the derivatives that its steps find, in networks of any blocks, for any number of pixels', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.array(fc.constantFrom(...Object.keys(blocks)), {
					minLength: 2,
					maxLength: 5,
				}),
				fc.integer({min: 1, max: 11}),
				async (names, seeds) => {
					const logits = `block ${names.length - 1}`;
					const image = Float32Array.from({length: 192}, randomNumbers(seeds));
					const networks = await compare(
						{
							graph: stack(names),
							logits,
							layers: ['layer', 'block 0'],
							image,
						},
						seeds,
					);
					expect(networks).toHaveLength(2);
				},
			),
			{numRuns: 40, seed: 3},
		);
	});

	test('sums the gradient over space without computing it, where only convolutions and sums are between', async () => {
		const graph = buildGraph({
			inputs: {image: [1, 5, 6, 8]},
			nodes: [
				node('Neg', ['image'], 'layer'),
				node('Conv', ['layer', 'near'], 'point'),
				node('Conv', ['layer', 'far'], 'dilated', {
					pads: [4, 3, 4, 3],
					dilations: [4, 3],
				}),
				node('GlobalAveragePool', ['layer'], 'mean'),
				node('Conv', ['mean', 'near'], 'pooled'),
				node('Add', ['point', 'dilated'], 'local'),
				node('Add', ['local', 'pooled'], 'branches'),
				node('Relu', ['branches'], 'rectified'),
			],
			constants: {
				near: randomTensor([4, 5, 1, 1], 1),
				far: randomTensor([4, 5, 3, 3], 2),
			},
		});
		const [whole, summed] = await compare({
			graph,
			logits: 'rectified',
			layers: ['layer'],
			image: Float32Array.from({length: 240}, randomNumbers(3)),
		});
		const sizes = ({nodes, values}: Graph) =>
			nodes.flatMap(({outputs}) =>
				outputs.map((name) => elementCount(values.get(name)!.shape)),
			);
		expect(Math.max(...sizes(whole))).toBe(240);
		expect(Math.max(...sizes(summed))).toBe(192);
	});
});
