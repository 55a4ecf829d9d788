import {expect, test} from 'vitest';
import {tensorOf} from '../../../source/graph/tensor.js';
import type {ReverseContext} from '../../../source/ops/rules/adjoint.js';
import {densify} from '../../../source/ops/adjoint/dense.js';
import type {Operator} from '../../../source/ops/operator.js';
import {Clip} from '../../../source/ops/operators/clip.js';
import {Relu6} from '../../../source/ops/operators/relu6.js';
import {networkOf} from './operator-case.js';

/** The derivative of a Clip, or a Relu6, at some numbers. */
const slopesAt = async (
	{adjoint}: Operator,
	numbers: readonly number[],
	bounds: readonly [number, number],
) => {
	const {view} = networkOf({
		opType: 'Clip',
		seed: 1,
		inputs: [
			{shape: [numbers.length]},
			...bounds.map((bound) => tensorOf('float32', [bound], [])),
		],
	});
	const [low, high] = bounds;
	const clipped = numbers.map((x) => Math.min(Math.max(x, low), high));
	// eslint-disable-next-line @typescript-eslint/no-unsafe-type-assertion -- all that the rule reads
	const context = {
		...view,
		input: () => Float32Array.from(numbers),
		output: () => Float32Array.from(clipped),
		allocate: (size: number) => new Float32Array(size),
	} as unknown as ReverseContext;
	const [passed] = await adjoint!.dense(context, [
		{
			kind: 'dense',
			seeds: 1,
			shape: [numbers.length],
			data: new Float32Array(numbers.length).fill(1),
		},
	]);
	return [...densify(passed!).data];
};

test('a Clip passes at its bounds, as in PyTorch and TensorFlow', async () => {
	expect(await slopesAt(Clip, [-2, -1, 0, 1.5, 2], [-1, 1.5])).toEqual([
		0, 1, 1, 1, 0,
	]);
	expect(await slopesAt(Clip, [-1, 0, 3, 6, 7], [0, 6])).toEqual([
		0, 1, 1, 1, 0,
	]);
});

test('a ReLU6 does not', async () => {
	expect(await slopesAt(Relu6, [-1, 0, 3, 6, 7], [0, 6])).toEqual([
		0, 0, 1, 0, 0,
	]);
});
