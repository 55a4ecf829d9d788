import {afterAll, describe, expect, it} from 'vitest';
import {createKernels} from '../../source/runtimes/kernels.js';
import {onnxruntime} from '../../source/runtimes/onnxruntime/runtime.js';
import type {Runtime} from '../../source/runtimes/runtime.js';
import {buildGraph, node, randomNumbers, randomTensor} from '../graph/build.js';
import {openTfjs} from './installed.js';

const opened = [...(await openTfjs()), await onnxruntime.open({threads: 1})];

afterAll(async () => {
	await Promise.all(opened.map(async (runtime) => runtime.dispose()));
});

/** A picture of side `side`, weighed by one that all of a batch share. */
const networkOf = (side: number, channels = 2) =>
	buildGraph({
		inputs: {adjoint: [1, 2, side, side], slopes: [1, 2, side, side]},
		nodes: [
			node('Mul', ['adjoint', 'slopes'], 'weighed'),
			node('Conv', ['weighed', 'weights'], 'answer'),
		],
		constants: {weights: randomTensor([channels, 2, 1, 1])},
	});

/** A runtime that notes the batch size of each network it loads, and computes in memory of its own or doesn't, whatever it really does. */
const pretend = (runtime: Runtime, hasOwnMemory: boolean) => {
	const batches: number[] = [];
	const pretending: Runtime = {
		...runtime,
		hasOwnMemory,
		async load(graph, fetches) {
			batches.push(graph.inputs[0].shape[0]);
			return runtime.load(graph, fetches);
		},
	};
	return {batches, kernels: createKernels(pretending)};
};

const numbers = (length: number, seed: number) =>
	Float32Array.from({length}, randomNumbers(seed));

const run = async (
	{kernels}: ReturnType<typeof pretend>,
	graph: ReturnType<typeof networkOf>,
	count: number,
) => {
	const size = 2 * graph.inputs[0].shape[2] ** 2;
	const network = await kernels.network('network', () => graph);
	const results = await network(
		{
			count,
			fed: new Map([['adjoint', numbers(count * size, 1)]]),
			kept: new Map([['slopes', numbers(size, 2)]]),
		},
		['answer'],
	);
	return results.get('answer')!;
};

describe.each(opened)('a network on $name', (runtime) => {
	it.each([
		[1, [1]],
		[7, [1]],
		[8, [8]],
		[19, [8, 1]],
	])(
		'takes %i inputs in batches where memory is its own, with the same result',
		async (count, sizes) => {
			const graph = networkOf(3);
			const device = pretend(runtime, true);
			const answers = await run(device, graph, count);
			expect(device.batches).toEqual(sizes);
			const processor = pretend(runtime, false);
			const wanted = await run(processor, graph, count);
			expect(processor.batches).toEqual([1]);
			expect(answers).toHaveLength(wanted.length);
			for (const [at, value] of answers.entries()) {
				expect(value).toBeCloseTo(wanted[at], 5);
			}

			await device.kernels.dispose();
			await processor.kernels.dispose();
		},
	);
});

describe('a batch', () => {
	it.each([
		[2, 8],
		[16, 4],
		[32, 2],
		[64, 1],
	])(
		'of networks whose largest value has %i million elements has %i inputs',
		async (channels, size) => {
			const side = 1024;
			const graph = networkOf(side, channels);
			const loaded: number[] = [];
			const {kernels} = pretend(
				{
					...opened[0],
					async load({inputs, values}) {
						loaded.push(inputs[0].shape[0]);
						const {shape} = values.get('answer')!;
						expect(shape).toEqual([size, channels, side, side]);
						return {
							run: async () => new Map([['answer', new Float32Array(size)]]),
							dispose: async () => undefined,
						};
					},
				},
				true,
			);
			const network = await kernels.network('network', () => graph);
			await network(
				{
					count: size,
					fed: new Map([['adjoint', new Float32Array(size)]]),
					kept: new Map(),
				},
				['answer'],
			);
			expect(loaded).toEqual([size]);
		},
	);

	it('is not made smaller by large weights, which it shares', async () => {
		const side = 2900;
		const graph = buildGraph({
			inputs: {adjoint: [1, side]},
			nodes: [node('MatMul', ['adjoint', 'weights'], 'answer')],
			constants: {
				weights: {
					type: 'float32',
					shape: [side, side],
					data: new Float32Array(side ** 2),
				},
			},
		});
		const device = pretend(opened[0], true);
		const network = await device.kernels.network('network', () => graph);
		await network(
			{
				count: 8,
				fed: new Map([['adjoint', numbers(8 * side, 1)]]),
				kept: new Map(),
			},
			['answer'],
		);
		expect(device.batches).toEqual([8]);
		await device.kernels.dispose();
	});
});
