import type * as tf from '@tensorflow/tfjs-core';
import {
	elementCount,
	numbersOf,
	tensorOf,
	type Shape,
} from '../../graph/tensor.js';
import type {SparseAdjoint} from '../adjoint/adjoint.js';
import {broadcastOffset} from '../adjoint/broadcast.js';
import {channelCount, hasChannels} from '../adjoint/extent.js';
import type {ReverseContext} from '../rules/adjoint.js';
import {sumOverSpace, zeroAdjoint} from '../adjoint/rows.js';
import {numberAttribute} from '../node/attributes.js';
import {scale, type Factor} from '../adjoint/scale.js';
import {expandTo, reshapeTo, weigh} from '../rules/cotangent.js';
import {loweredAxis, reshapeAsOnnx} from '../rules/layout.js';
import type {Operator} from '../operator.js';
import type {NodeView} from '../node/view.js';
import {axesOf, shapeOf} from '../node/shapes.js';
import {linear} from '../rules/tangent.js';

/** The derivative of the result `y` of `count` elements with respect to one of them, `x`. */
type ReductionSlope = (x: number, y: number, count: number) => number;

/** A reduction, its derivative, and the same in TensorFlow.js (which keeps reduced axes at size 1). */
type ReductionRule = {
	readonly value: (elements: readonly number[]) => number;
	/** The mean, whose derivatives add up to the adjoint of the result. */
	readonly isMean?: true;
	/** Reads forward values unless `isLinear` is set. */
	readonly slope: ReductionSlope;
	readonly isLinear?: true;
	/** The slopes of each result are normalised to add up to 1: equal elements share them. */
	readonly isShared?: true;
	readonly lower: (
		engine: typeof tf,
		x: tf.Tensor,
		axes: number[],
	) => tf.Tensor;
};

/** The reduced axes, and whether they stay with size 1. Without axes, all are reduced, unless `noop_with_empty_axes` is set. */
export const readReduction = (view: NodeView) => {
	const shape = shapeOf(view, 0);
	const named = axesOf(view, 1, shape.length) ?? [];
	const isNone =
		named.length === 0 &&
		numberAttribute(view.node, 'noop_with_empty_axes', 0) === 1;
	const axes =
		named.length > 0 || isNone ? named : shape.map((_, axis) => axis);
	const kept = shape.map((size, axis) => (axes.includes(axis) ? 1 : size));
	const keepsRank = numberAttribute(view.node, 'keepdims', 1) === 1;
	return {
		shape,
		axes,
		/** The result's shape, reduced axes kept at size 1. */
		kept,
		keepsRank,
		result: keepsRank ? kept : kept.filter((_, axis) => !axes.includes(axis)),
		count: elementCount(shape) / elementCount(kept),
	};
};

/** Whether all of the space of `[N, C, …space]` is reduced, perhaps with other axes. */
const isOverSpace = (shape: Shape, axes: readonly number[]): boolean =>
	shape.every((_, axis) => axis < 2 || axes.includes(axis));

/** An operator that reduces all elements along some axes to one number. */
export const reducing = (rule: ReductionRule): Operator => ({
	infer: (view) => [
		{type: view.inputs[0]!.type, shape: readReduction(view).result},
	],
	evaluate(view, [x]) {
		const {shape, kept, result} = readReduction(view);
		const groups = Array.from(
			{length: elementCount(result)},
			(): number[] => [],
		);
		const groupOf = broadcastOffset(kept, shape);
		for (const [offset, number] of numbersOf(x!).entries()) {
			groups[groupOf(offset)].push(number);
		}

		return [
			tensorOf(
				x!.type,
				groups.map((group) => rule.value(group)),
				result,
			),
		];
	},
	adjoint: {
		needs: () => (rule.isLinear ? {} : {inputs: [0], outputs: [0]}),
		dense(context, [adjoint]) {
			const {shape, kept} = readReduction(context);
			const slopeAt = slopesOf(rule, context);
			const groupOf = broadcastOffset(kept, shape);
			const size = elementCount(shape);
			const groups = elementCount(kept);
			const data = new Float32Array(adjoint!.seeds * size);
			for (let seed = 0; seed < adjoint!.seeds; seed++) {
				for (let offset = 0; offset < size; offset++) {
					data[seed * size + offset] =
						adjoint!.data[seed * groups + groupOf(offset)] * slopeAt(offset);
				}
			}

			return [{kind: 'dense', seeds: adjoint!.seeds, shape, data}];
		},
		sparse(context, [adjoint]) {
			const {axes, shape, keepsRank} = readReduction(context);
			if (!hasChannels(shape)) {
				return undefined;
			}

			if (rule.isLinear && isOverSpace(shape, axes)) {
				return [spreadOverSpace(context, rule, adjoint!)];
			}

			const isOverChannels = keepsRank && axes.length === 1 && axes[0] === 1;
			const spread =
				isOverChannels && spreadOverChannels(context, rule, adjoint!);
			return spread ? [spread] : undefined;
		},
		spreadsEvenly(view) {
			const {axes, shape} = readReduction(view);
			return (
				rule.isMean === true &&
				hasChannels(shape) &&
				isOverSpace(shape, axes) &&
				axes[0] === 2
			);
		},
	},
	...(rule.isLinear && {
		tangent: linear,
		cotangent(context) {
			const {shape, kept, count} = readReduction(context);
			const share = weigh(
				context,
				context.adjoints[0]!,
				rule.slope(Number.NaN, Number.NaN, count),
			);
			return [expandTo(context, reshapeTo(context, share, kept), shape)];
		},
	}),
	lower: {
		apply(engine, view, [x]) {
			const {axes, shape, keepsRank, result} = readReduction(view);
			const reduced = rule.lower(
				engine,
				x!,
				axes.map((axis) => loweredAxis(axis, shape.length)),
			);
			return keepsRank ? reduced : reshapeAsOnnx(engine, reduced, result);
		},
	},
});

/** The slope at each element of the input, by flat index. */
const slopesOf = (
	{slope, isLinear, isShared}: ReductionRule,
	context: ReverseContext,
): Factor => {
	const {shape, kept, count} = readReduction(context);
	if (isLinear) {
		const same = slope(Number.NaN, Number.NaN, count);
		return () => same;
	}

	const x = context.input(0);
	const y = context.output(0);
	const groupOf = broadcastOffset(kept, shape);
	const slopeAt = (offset: number) =>
		slope(x[offset], y[groupOf(offset)], count);
	if (!isShared) {
		return slopeAt;
	}

	const sums = sumSlopes(y, groupOf, slopeAt, x.length);
	return (offset) => slopeAt(offset) / sums[groupOf(offset)];
};

/** By result, the sum of its slopes; computed once per image. */
const slopeSums = new WeakMap<Float32Array, Float32Array>();

const sumSlopes = (
	y: Float32Array,
	groupOf: Factor,
	slopeAt: Factor,
	count: number,
): Float32Array => {
	const known = slopeSums.get(y);
	if (known) {
		return known;
	}

	const sums = new Float32Array(y.length);
	for (let offset = 0; offset < count; offset++) {
		sums[groupOf(offset)] += slopeAt(offset);
	}

	slopeSums.set(y, sums);
	return sums;
};

/** All of the space was reduced (perhaps with the channels): every position gets the same derivative. */
const spreadOverSpace = (
	context: ReverseContext,
	rule: ReductionRule,
	adjoint: SparseAdjoint,
): SparseAdjoint => {
	const {shape, axes} = readReduction(context);
	const slope = slopesOf(rule, context)(0);
	const sums = sumOverSpace(adjoint);
	const channels = channelCount(shape);
	const kept = axes.includes(1) ? 1 : channels;
	return {
		...zeroAdjoint(adjoint.seeds, shape),
		uniform: Float32Array.from(
			{length: adjoint.seeds * channels},
			(_, index) =>
				slope *
				sums[Math.trunc(index / channels) * kept + ((index % channels) % kept)],
		),
	};
};

/** The channels were reduced at each position: rows stay where they are. */
const spreadOverChannels = (
	context: ReverseContext,
	rule: ReductionRule,
	adjoint: SparseAdjoint,
): SparseAdjoint | undefined => {
	const {shape} = readReduction(context);
	const channels = channelCount(shape);
	const repeat = (rows: Float32Array) =>
		Float32Array.from(
			{length: rows.length * channels},
			(_, index) => rows[Math.trunc(index / channels)],
		);
	const spread = {
		...adjoint,
		shape,
		rows: repeat(adjoint.rows),
		uniform: adjoint.uniform && repeat(adjoint.uniform),
	};
	const scaled = scale(spread, slopesOf(rule, context), rule.isLinear);
	return scaled.kind === 'sparse' ? scaled : undefined;
};
