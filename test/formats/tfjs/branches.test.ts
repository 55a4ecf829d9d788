import {describe, expect, test} from 'vitest';
import {ModelError} from '../../../source/errors.js';
import type {Shape} from '../../../source/graph/tensor.js';
import {answer, graphOf, sampleData} from '../answer.js';
import {decode, makeGraph, type Constant, type GraphNode} from './reference.js';

const scalar = (
	value: number,
	dtype: 'int32' | 'float32' = 'int32',
): Constant => ({shape: [], data: [value], dtype});

/** Whether the picture has more than eight elements along all axes together. */
const isLarge: readonly GraphNode[] = [
	{name: 'size', op: 'Size', input: ['x']},
	{name: 'large', op: 'Greater', input: ['size', 'eight']},
];

const enter = (name: string): GraphNode => ({
	name,
	op: 'Switch',
	input: [name === 'pivot' ? 'large' : 'x', 'large'],
});

const merge = (...input: string[]): GraphNode => ({
	name: 'y',
	op: 'Merge',
	input,
});

const small: Shape = [1, 2, 1, 2];
const large: Shape = [1, 3, 2, 2];

const run = async (
	shape: Shape,
	nodes: readonly GraphNode[],
	more: Readonly<Record<string, Constant>> = {},
) => {
	const constants = {eight: scalar(8), one: scalar(1, 'float32'), ...more};
	const model = decode(makeGraph(shape, constants, nodes));
	const data = sampleData(shape.reduce((a, b) => a * b, 1));
	const found = await answer(model, {shape, data}, 'wasm');
	return {data: [...data], found: [...found], graph: graphOf(model, shape)};
};

describe('a condition that the input size decides', () => {
	const chosen = [
		...isLarge,
		enter('entry'),
		{name: 'no', op: 'Neg', input: ['entry']},
		{name: 'yes', op: 'Relu', input: ['entry:1']},
		merge('no', 'yes'),
	];

	test('takes one branch, and leaves nothing of the other', async () => {
		const {data, found, graph} = await run(large, chosen);
		expect(found).toEqual(data.map((value) => Math.max(value, 0)));
		expect(graph.nodes.map(({opType}) => opType)).not.toContain('Neg');
	});

	test('takes the other branch for another size', async () => {
		const {data, found} = await run(small, chosen);
		expect(found).toEqual(data.map((value) => -value));
	});

	test.each([
		[large, 2],
		[small, 1],
	] as const)(
		'chooses between constants, which only come after it, for %j',
		async (shape, factor) => {
			const {data, found} = await run(
				shape,
				[
					...isLarge,
					enter('pivot'),
					{name: 'pivot_f', op: 'Identity', input: ['pivot']},
					{name: 'pivot_t', op: 'Identity', input: ['pivot:1']},
					{name: 'factor', op: 'Merge', input: ['no', 'yes']},
					{name: 'y', op: 'Mul', input: ['x', 'factor']},
				],
				{
					no: {...scalar(1, 'float32'), after: ['pivot_f']},
					yes: {...scalar(2, 'float32'), after: ['pivot_t']},
				},
			);
			expect(found).toEqual(data.map((value) => value * factor));
		},
	);

	test('tells which branch was taken', async () => {
		const {data, found} = await run(large, [
			...isLarge,
			enter('entry'),
			{name: 'merged', op: 'Merge', input: ['entry', 'entry:1']},
			{
				name: 'number',
				op: 'Cast',
				input: ['merged:1'],
				attr: {DstT: {type: 'DT_FLOAT'}},
			},
			{name: 'y', op: 'Mul', input: ['x', 'number']},
		]);
		expect(found).toEqual(data);
	});
});

describe('a condition that cannot be told', () => {
	test.each<[string, readonly GraphNode[], RegExp]>([
		[
			'is computed from the picture',
			[
				{name: 'large', op: 'Greater', input: ['x', 'one']},
				enter('entry'),
				merge('entry', 'entry:1'),
			],
			/^Node entry is the operator Switch of TensorFlow, which is control flow, and its condition \(large\) is computed/v,
		],
		[
			'has two values',
			[merge('x', 'one')],
			/^Node y \(Merge\) takes one of 2 values \(x, one\)/v,
		],
	])('is refused when it %s', async (_, nodes, message) => {
		await expect(run(large, nodes)).rejects.toThrow(ModelError);
		await expect(run(large, nodes)).rejects.toThrow(message);
	});
});
