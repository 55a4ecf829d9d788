import {describe, expect, test} from 'vitest';
import type {Node} from '../../../../source/graph/graph.js';
import {tensorOf} from '../../../../source/graph/tensor.js';
import {
	buildGraph,
	buildModel,
	node,
	randomTensor,
} from '../../../graph/build.js';
import {answer, differenceOf, runtimeNames, sampleData} from '../../answer.js';

const image = [1, 2, 3, 4] as const;
const tokens = [1, 3, 4] as const;

/** What nodes make of a sample. */
const outcome = async (
	shape: readonly number[],
	nodes: readonly Node[],
	runtime: string,
) =>
	answer(
		buildModel({
			inputs: {x: shape},
			nodes,
			constants: {
				weight: randomTensor([2, 2, 1, 1]),
				matrix: randomTensor([5, 4], 2),
				square: randomTensor([4, 4], 3),
				row: randomTensor([4], 4),
				scale: randomTensor([4], 5),
				low: tensorOf('float32', [-0.1], []),
				high: tensorOf('float32', [0.2], []),
				half: tensorOf('float32', [0.5], []),
			},
		}),
		{
			shape,
			data: sampleData(
				shape.reduce((a, b) => a * b),
				3,
			),
		},
		runtime,
	);

const conv = node('Conv', ['x', 'weight'], 'conv');
const sum = [
	node('Add', ['x', 'row'], 'shifted'),
	node('Add', ['shifted', 'x'], 'sum'),
];

/** What onnxruntime writes, and what that stands for. */
const cases: ReadonlyArray<
	readonly [
		name: string,
		shape: readonly number[],
		fused: Node,
		plain: readonly Node[],
	]
> = [
	[
		'FusedConv with a Relu',
		image,
		node('FusedConv', ['x', 'weight'], 'y', {activation: 'Relu'}),
		[conv, node('Relu', ['conv'], 'y')],
	],
	[
		'FusedConv with a sum and a Clip',
		image,
		node('FusedConv', ['x', 'weight', '', 'x'], 'y', {
			activation: 'Clip',
			activation_params: [Math.fround(-0.1), Math.fround(0.2)],
		}),
		[
			conv,
			node('Add', ['conv', 'x'], 'both'),
			node('Clip', ['both', 'low', 'high'], 'y'),
		],
	],
	[
		'FusedConv with a LeakyRelu',
		image,
		node('FusedConv', ['x', 'weight'], 'y', {
			activation: 'LeakyRelu',
			activation_params: [0.25],
		}),
		[conv, node('LeakyRelu', ['conv'], 'y', {alpha: 0.25})],
	],
	[
		'FusedGemm with a LeakyRelu',
		[1, 4],
		node('FusedGemm', ['x', 'matrix'], 'y', {
			transB: 1,
			activation: 'LeakyRelu',
			activation_alpha: 0.25,
		}),
		[
			node('Gemm', ['x', 'matrix'], 'product', {transB: 1}),
			node('LeakyRelu', ['product'], 'y', {alpha: 0.25}),
		],
	],
	[
		'FusedMatMul',
		tokens,
		node('FusedMatMul', ['x', 'matrix'], 'y', {transB: 1, alpha: 0.5}),
		[
			node('Transpose', ['matrix'], 'turned', {perm: [1, 0]}),
			node('MatMul', ['x', 'turned'], 'product'),
			node('Mul', ['product', 'half'], 'y'),
		],
	],
	[
		'FusedMatMul that turns batches',
		tokens,
		node('FusedMatMul', ['x', 'x'], 'y', {
			transA: 1,
			transBatchA: 1,
			transBatchB: 1,
			alpha: 0.5,
		}),
		[
			node('Transpose', ['x'], 'columns', {perm: [1, 2, 0]}),
			node('Transpose', ['x'], 'rows', {perm: [1, 0, 2]}),
			node('MatMul', ['columns', 'rows'], 'product'),
			node('Mul', ['product', 'half'], 'y'),
		],
	],
	[
		'BiasGelu',
		tokens,
		node('BiasGelu', ['x', 'row'], 'y'),
		[sum[0], node('Gelu', ['shifted'], 'y')],
	],
	[
		'FastGelu',
		tokens,
		node('FastGelu', ['x'], 'y'),
		[node('Gelu', ['x'], 'y', {approximate: 'tanh'})],
	],
	[
		'QuickGelu',
		tokens,
		node('QuickGelu', ['x'], 'y', {alpha: 2}),
		[node('Swish', ['x'], 'y', {alpha: 2})],
	],
	[
		'SkipLayerNormalization',
		tokens,
		node('SkipLayerNormalization', ['x', 'x', 'scale', '', 'row'], 'y', {
			epsilon: 1e-5,
		}),
		[...sum, node('LayerNormalization', ['sum', 'scale'], 'y')],
	],
];

describe.each(runtimeNames)('what onnxruntime fuses, on %s', (runtime) => {
	test.each(cases)(
		'%s is what it was fused from',
		async (_, shape, fused, plain) => {
			const found = await outcome(
				shape,
				[{...fused, opType: `com.microsoft.${fused.opType}`}],
				runtime,
			);
			const expected = await outcome(shape, plain, runtime);
			expect(differenceOf(found, expected)).toBeLessThan(1e-6);
		},
	);
});

test('a ReLU6 stays one when it is fused', () => {
	const {nodes} = buildGraph({
		inputs: {x: image},
		nodes: [
			node('com.microsoft.FusedConv', ['x', 'weight'], 'output', {
				activation: 'Clip',
				activation_params: [0, 6],
			}),
		],
		constants: {weight: randomTensor([2, 2, 1, 1])},
	});
	expect(nodes.map(({opType}) => opType)).toEqual(['Conv', 'Relu6']);
});

test('an activation that is not known is refused by its name', async () => {
	const fused = node('com.microsoft.FusedConv', ['x', 'weight'], 'y', {
		activation: 'Frobnicate',
	});
	await expect(outcome(image, [fused], 'wasm')).rejects.toThrow(
		/FusedConv with the activation Frobnicate is not known/v,
	);
});
