import {afterAll, describe, expect, it} from 'vitest';
import type {SparseAdjoint} from '../../../source/ops/adjoint/adjoint.js';
import {positionCount} from '../../../source/ops/adjoint/extent.js';
import {findOperator} from '../../../source/ops/find-operator.js';
import {wasm} from '../../../source/runtimes/tfjs/index.js';
import {contextOf} from '../operators/derivatives.js';
import {
	integers,
	networkOf,
	type OperatorCase,
} from '../operators/operator-case.js';

const runtime = await wasm.open({});

afterAll(async () => {
	await runtime.dispose();
});

const picture = [1, 4, 5, 6];

/** One seed with one row, at position 7 or the last one; all channels are 1. */
const oneRow = (shape: readonly number[]): SparseAdjoint => ({
	kind: 'sparse',
	seeds: 1,
	shape,
	owners: Int32Array.of(0),
	positions: Int32Array.of(Math.min(7, positionCount(shape) - 1)),
	rows: new Float32Array(shape[1]).fill(1),
});

/** The adjoints of the inputs where each output has one row. */
const pass = async (operatorCase: Omit<OperatorCase, 'seed'>) => {
	const network = networkOf({...operatorCase, seed: 1});
	const session = await runtime.load(network.graph, network.graph.outputs);
	const values = await session.run(network.feeds, network.graph.outputs);
	await session.dispose();
	const {sparse} = findOperator(operatorCase.opType)!.adjoint!;
	const passed = await sparse!(
		contextOf(network, values, runtime),
		network.view.outputs.map(({shape}) => oneRow(shape)),
	);
	return {
		tensors: network.tensors,
		passed: passed?.map((adjoint) => {
			if (adjoint?.kind === 'dense') {
				throw new Error('the adjoint became dense');
			}

			return adjoint;
		}),
	};
};

describe('one row stays one row', () => {
	it.each<[string, Omit<OperatorCase, 'seed'>, readonly number[]]>([
		[
			'through a function of each element',
			{opType: 'Sigmoid', inputs: [{shape: picture}]},
			[7],
		],
		[
			'through a sum with a constant',
			{
				opType: 'Sub',
				inputs: [{shape: picture}, {shape: [4, 1, 1], isFixed: true}],
			},
			[7],
		],
		[
			'through a mask over space',
			{
				opType: 'Mul',
				inputs: [{shape: picture}, {shape: [1, 1, 5, 6], isFixed: true}],
			},
			[7],
		],
		[
			'when space is written as one axis',
			{opType: 'Reshape', inputs: [{shape: picture}, integers([1, 4, 30])]},
			[7],
		],
		[
			'when channels are sliced',
			{
				opType: 'Slice',
				inputs: [{shape: picture}, integers([1]), integers([3]), integers([1])],
			},
			[7],
		],
		[
			'when space is sliced, at its place in the whole',
			{
				opType: 'Slice',
				inputs: [
					{shape: picture},
					integers([2, 1]),
					integers([5, 6]),
					integers([2, 3]),
				],
			},
			// Row 1 and column 2 of the part of 5 columns.
			[3 * 6 + 3],
		],
		[
			'when rows and columns are exchanged',
			{
				opType: 'Transpose',
				attributes: {perm: [0, 1, 3, 2]},
				inputs: [{shape: picture}],
			},
			[2 * 6 + 1],
		],
		[
			'when channels become pixels',
			{
				opType: 'DepthToSpace',
				attributes: {blocksize: 2},
				inputs: [{shape: picture}],
			},
			[3],
		],
		[
			'through a mean over channels',
			{
				opType: 'ReduceMean',
				attributes: {axes: [1]},
				inputs: [{shape: picture}],
			},
			[7],
		],
	])('%s', async (_title, operatorCase, positions) => {
		const {passed} = await pass(operatorCase);
		expect([...passed![0]!.positions]).toEqual(positions);
	});
});

describe('a gate, as in squeeze-and-excite', async () => {
	const {passed, tensors} = await pass({
		opType: 'Mul',
		inputs: [{shape: picture}, {shape: [1, 4, 1, 1]}],
	});

	it('scales the row of the features by the gate', () => {
		expect([...passed![0]!.positions]).toEqual([7]);
		expect(passed![0]!.rows).toEqual(tensors[1]!.data);
	});

	it('gives the gate what the features hold at the row', () => {
		expect([...passed![1]!.positions]).toEqual([0]);
		expect(passed![1]!.rows).toEqual(
			Float32Array.from({length: 4}, (_, channel) =>
				Number(tensors[0]!.data[channel * 30 + 7]),
			),
		);
	});
});

it('a split sends the rows of each part to its own channels', async () => {
	const {passed} = await pass({
		opType: 'Split',
		attributes: {axis: 1},
		inputs: [{shape: picture}, integers([1, 3])],
		outputs: 2,
	});
	expect([...passed![0]!.positions]).toEqual([7]);
	expect(passed![0]!.rows).toEqual(Float32Array.of(1, 1, 1, 1));
});

it('a mean over space is the same at every position, without a single row', async () => {
	const {passed} = await pass({
		opType: 'ReduceMean',
		attributes: {axes: [2, 3]},
		inputs: [{shape: picture}],
	});
	expect(passed![0]!.positions).toHaveLength(0);
	expect(passed![0]!.uniform).toEqual(new Float32Array(4).fill(1 / 30));
});
