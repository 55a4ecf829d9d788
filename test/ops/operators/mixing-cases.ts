import fc from 'fast-check';
import {tensorOf} from '../../../source/graph/tensor.js';
import {
	axesOf,
	type Domain,
	integers,
	type OperatorCase,
	pictures,
	seeds,
	shapes,
} from './operator-case.js';

type Cases = fc.Arbitrary<OperatorCase>;

const ranked = shapes.filter((shape) => shape.length > 0);
const bit = fc.constantFrom(0, 1);

const reduction = (
	opType: string,
	domain: Domain = {},
	isInput = false,
): Cases =>
	ranked.chain((shape) =>
		fc
			.record({
				axes: fc.option(
					fc.oneof(
						axesOf(shape),
						fc.constant(shape.length === 4 ? [2, 3] : [shape.length - 1]),
						fc.constant(shape.length > 1 ? [1] : [0]),
					),
					{nil: undefined},
				),
				keepdims: bit,
				seed: seeds,
			})
			.map(({axes, keepdims, seed}) => ({
				opType,
				seed,
				attributes: {keepdims, ...(axes && !isInput && {axes})},
				inputs: [{shape, domain}, ...(axes && isInput ? [integers(axes)] : [])],
			})),
	);

const extreme = (opType: string): Cases =>
	ranked.chain((shape) =>
		fc
			.record({
				axis: fc.integer({min: -shape.length, max: shape.length - 1}),
				keepdims: bit,
				seed: seeds,
			})
			.map(({axis, keepdims, seed}) => ({
				opType,
				seed,
				attributes: {axis, keepdims},
				inputs: [{shape, domain: {isDistinct: true} as const}],
			})),
	);

const softmax = (opType: string): Cases =>
	ranked.chain((shape) =>
		fc
			.record({
				axis: fc.integer({min: -shape.length, max: shape.length - 1}),
				seed: seeds,
			})
			.map(({axis, seed}) => ({
				opType,
				seed,
				attributes: {axis},
				inputs: [{shape}],
			})),
	);

/** How to make cases of operators that mix elements, but look through no window. */
export const mixingCases: Readonly<Record<string, Cases>> = {
	ArgMax: extreme('ArgMax'),
	ArgMin: extreme('ArgMin'),
	BatchNormalization: pictures.chain(([batch, channels, ...space]) =>
		seeds.map((seed) => ({
			opType: 'BatchNormalization',
			seed,
			inputs: [
				{shape: [batch, channels, ...space]},
				...Array.from({length: 3}, () => ({
					shape: [channels],
					isFixed: true as const,
				})),
				{
					shape: [channels],
					isFixed: true as const,
					domain: {isPositive: true as const},
				},
			],
		})),
	),
	CumSum: ranked.chain((shape) =>
		fc
			.record({
				axis: fc.integer({min: -shape.length, max: shape.length - 1}),
				reverse: bit,
				exclusive: bit,
				seed: seeds,
			})
			.map(({axis, reverse, exclusive, seed}) => ({
				opType: 'CumSum',
				seed,
				attributes: {reverse, exclusive},
				inputs: [{shape}, tensorOf('int64', [axis], [])],
			})),
	),
	DequantizeLinear: seeds.map((seed) => ({
		opType: 'DequantizeLinear',
		seed,
		inputs: [
			tensorOf('uint8', [0, 3, 128, 255], [2, 2]),
			tensorOf('float32', [0.5], []),
			tensorOf('uint8', [128], []),
		],
	})),
	Gemm: fc
		.record({
			sizes: fc.tuple(
				fc.integer({min: 1, max: 3}),
				fc.integer({min: 1, max: 5}),
				fc.integer({min: 1, max: 4}),
			),
			transA: bit,
			transB: bit,
			hasBias: fc.boolean(),
			seed: seeds,
		})
		.map(({sizes: [m, k, n], transA, transB, hasBias, seed}) => ({
			opType: 'Gemm',
			seed,
			attributes: {transA, transB, alpha: 0.5, beta: 2},
			inputs: [
				{shape: transA ? [k, m] : [m, k]},
				{shape: transB ? [n, k] : [k, n], isFixed: true},
				...(hasBias ? [{shape: [n], isFixed: true} as const] : []),
			],
		})),
	GroupNormalization: fc
		.record({
			groups: fc.integer({min: 1, max: 3}),
			shape: pictures,
			seed: seeds,
		})
		.map(({groups, shape: [batch, channels, height, width], seed}) => ({
			opType: 'GroupNormalization',
			seed,
			attributes: {num_groups: groups, epsilon: 0.01},
			inputs: [
				{shape: [batch, channels * groups, height + 1, width + 1]},
				{shape: [channels * groups], isFixed: true},
				{shape: [channels * groups], isFixed: true},
			],
		})),
	InstanceNormalization: fc
		.record({
			shape: pictures,
			isFixed: fc.constantFrom({}, {isFixed: true as const}),
			seed: seeds,
		})
		.map(({shape: [batch, channels, height, width], isFixed, seed}) => ({
			opType: 'InstanceNormalization',
			seed,
			attributes: {epsilon: 0.01},
			inputs: [
				{shape: [batch, channels, height + 1, width + 1]},
				{shape: [channels], ...isFixed},
				{shape: [channels], ...isFixed},
			],
		})),
	LayerNormalization: ranked.chain((shape) =>
		fc
			.record({
				axis: fc.integer({min: -shape.length, max: shape.length - 1}),
				hasBias: fc.boolean(),
				isFixed: fc.constantFrom({}, {isFixed: true as const}),
				seed: seeds,
			})
			.map(({axis, hasBias, isFixed, seed}) => {
				const wide = shape.with(-1, shape.at(-1)! + 2);
				return {
					opType: 'LayerNormalization',
					seed,
					attributes: {axis, epsilon: 0.01},
					inputs: [
						{shape: wide},
						{shape: wide.slice(axis), ...isFixed},
						...(hasBias ? [{shape: wide.slice(axis), ...isFixed}] : []),
					],
				};
			}),
	),
	LogSoftmax: softmax('LogSoftmax'),
	MatMul: fc
		.record({
			sizes: fc.tuple(
				fc.integer({min: 1, max: 3}),
				fc.integer({min: 1, max: 5}),
				fc.integer({min: 1, max: 4}),
			),
			stacks: fc.constantFrom(
				[[], []],
				[[1], [1]],
				[[2], [2]],
				[[1, 2], []],
				[
					[1, 2],
					[2, 1],
				],
				[[2, 1], [1]],
				[[2], [3, 1]],
			),
			isFixed: fc.constantFrom({}, {isFixed: true as const}),
			seed: seeds,
		})
		.map(({sizes: [m, k, n], stacks: [left, right], isFixed, seed}) => ({
			opType: 'MatMul',
			seed,
			inputs: [{shape: [...left, m, k]}, {shape: [...right, k, n], ...isFixed}],
		})),
	NonZero: seeds.map((seed) => ({
		opType: 'NonZero',
		seed,
		inputs: [tensorOf('float32', [1, 0, 2, 0, 0, 3], [2, 3])],
	})),
	ReduceL1: reduction('ReduceL1', {kinks: [0]}),
	ReduceL2: reduction('ReduceL2', {isPositive: true}),
	ReduceLogSum: reduction('ReduceLogSum', {isPositive: true}),
	ReduceLogSumExp: reduction('ReduceLogSumExp'),
	ReduceMax: reduction('ReduceMax', {isDistinct: true}),
	ReduceMean: reduction('ReduceMean'),
	ReduceMin: reduction('ReduceMin', {isDistinct: true}),
	ReduceProd: reduction('ReduceProd', {isPositive: true}),
	ReduceSum: reduction('ReduceSum', {}, true),
	ReduceSumSquare: reduction('ReduceSumSquare'),
	Softmax: softmax('Softmax'),
	TopK: ranked.chain((shape) =>
		seeds.map((seed) => ({
			opType: 'TopK',
			seed,
			attributes: {axis: -1},
			inputs: [
				{shape, domain: {isDistinct: true} as const},
				integers([1 + (seed % shape.at(-1)!)]),
			],
			outputs: 2,
		})),
	),
};
