import type * as tf from '@tensorflow/tfjs-core';
import {
	elementCount,
	numbersOf,
	tensorOf,
	type Shape,
	type Tensor,
} from '../../../graph/tensor.js';
import type {Adjoint} from '../../adjoint/adjoint.js';
import {densify, onesOf} from '../../adjoint/dense.js';
import {
	broadcastOffset,
	isConstantOverSpace,
	unbroadcast,
} from '../../adjoint/broadcast.js';
import type {ReverseContext} from '../../rules/adjoint.js';
import {type Factor, scale} from '../../adjoint/scale.js';
import {sumBroadcast, weigh} from '../../rules/cotangent.js';
import {alignRank} from '../../rules/layout.js';
import type {Operator} from '../../operator.js';
import type {NodeView} from '../../node/view.js';
import {broadcastShapes, shapeOf} from '../../node/shapes.js';
import {addAll} from '../../rules/network-writer.js';
import {linearInAll} from '../../rules/tangent.js';

/** A value that a slope reads: the operand that is being derived, the other one, or the result. */
type Source = 'own' | 'other' | 'output';

/** The derivative of the result with respect to one operand: a number, or a function of what it reads. */
export type OperandSlope =
	| number
	| {
			readonly reads: readonly Source[];
			readonly of: (values: Record<Source, number>) => number;
	  };

/** A function of two numbers, its derivatives, and the same function in TensorFlow.js. */
type BroadcastRule = {
	readonly value: (a: number, b: number) => number;
	readonly lower: (engine: typeof tf, a: tf.Tensor, b: tf.Tensor) => tf.Tensor;
	/** For the first operand and the others. */
	readonly slopes: readonly [OperandSlope, OperandSlope];
};

/** Where a node keeps what a slope reads for operand `index`. */
const inputOf = (source: Exclude<Source, 'output'>, index: number) =>
	source === 'own' ? index : 1 - index;

/**
An operator on two tensors (or, folded from the left, on any number of them) that broadcast.

@see https://onnx.ai/onnx/repo-docs/Broadcasting.html
*/
export const broadcasting = (rule: BroadcastRule): Operator => {
	const slopeFor = (index: number) => rule.slopes[Math.min(index, 1)];
	const passBack = (
		context: ReverseContext,
		[adjoint]: ReadonlyArray<Adjoint | undefined>,
	) =>
		context.inputs.map((_, index) =>
			adjoint && context.wanted(index)
				? unbroadcast(
						scaleBySlope(context, adjoint, slopeFor(index), index),
						shapeOf(context, index),
					)
				: undefined,
		);

	return {
		infer: (view) => [
			{
				type: view.inputs[0]!.type,
				shape: view.inputs
					.map((_, index) => shapeOf(view, index))
					// eslint-disable-next-line unicorn/no-array-reduce -- a fold from the left is what ONNX defines here
					.reduce((a, b) => broadcastShapes(view, a, b)),
			},
		],
		evaluate: (view, inputs) => [
			inputs
				.map((tensor) => tensor!)
				// eslint-disable-next-line unicorn/no-array-reduce -- as above
				.reduce((a, b) =>
					evaluatePair(rule, a, b, broadcastShapes(view, a.shape, b.shape)),
				),
		],
		adjoint: {
			needs: (view) => neededBy(view, slopeFor),
			dense: passBack,
			sparse: passBack,
		},
		...linearRules(rule),
		lower: {
			apply(engine, view, inputs) {
				const {length: rank} = view.outputs[0].shape;
				return (
					inputs
						.map((tensor) => alignRank(engine, tensor!, rank))
						// eslint-disable-next-line unicorn/no-array-reduce -- as above
						.reduce((a, b) => rule.lower(engine, a, b))
				);
			},
		},
	};
};

/** Sums and differences are linear in all operands together; of the others changes are multiplied by slopes, which are not broadcast, so that changes may be. */
const linearRules = ({
	slopes,
}: BroadcastRule): Pick<Operator, 'tangent' | 'cotangent'> => {
	if (!slopes.every((slope) => typeof slope === 'number')) {
		return {
			tangent(context) {
				const {outputs, changes, made, write} = context;
				const [{shape}] = outputs;
				const products = changes.flatMap((change, index) => {
					if (change === undefined) {
						return [];
					}

					const slope = made(shape, (forward) => {
						const all = slopes[Math.min(index, 1)];
						return densify(scaleBySlope(forward, onesOf(shape), all, index))
							.data;
					});
					return write({opType: 'Mul', inputs: [change, slope]});
				});
				return [addAll(context, products)];
			},
		};
	}

	return {
		tangent: linearInAll,
		cotangent(context) {
			const {inputs, outputs, adjoints, wanted} = context;
			return inputs.map((value, index) =>
				wanted(index)
					? sumBroadcast(
							context,
							weigh(context, adjoints[0]!, slopes[Math.min(index, 1)]),
							{from: value!.shape, to: outputs[0].shape},
						)
					: undefined,
			);
		},
	};
};

/** The forward values that the slopes of the inputs which aren't constants read. */
const neededBy = (
	view: NodeView,
	slopeFor: (index: number) => OperandSlope,
) => {
	const inputs = new Set<number>();
	let isOutputRead = false;
	for (const index of view.inputs.keys()) {
		const slope = slopeFor(index);
		if (typeof slope === 'number' || view.constant(index)) {
			continue;
		}

		for (const source of slope.reads) {
			if (source === 'output') {
				isOutputRead = true;
			} else {
				inputs.add(inputOf(source, index));
			}
		}
	}

	return {inputs: [...inputs], outputs: isOutputRead ? [0] : []};
};

const scaleBySlope = (
	context: ReverseContext,
	adjoint: Adjoint,
	slope: OperandSlope,
	index: number,
): Adjoint => {
	if (typeof slope === 'number') {
		return slope === 1
			? adjoint
			: scale(adjoint, () => slope, true, context.allocate);
	}

	const {shape} = context.outputs[0];
	const readers = slope.reads.map((source) => ({
		source,
		...readerOf(context, shape, source, index),
	}));
	const values = {own: Number.NaN, other: Number.NaN, output: Number.NaN};
	return scale(
		adjoint,
		(offset) => {
			for (const {source, read} of readers) {
				values[source] = read(offset);
			}

			return slope.of(values);
		},
		readers.every(({isUniform}) => isUniform),
		context.allocate,
	);
};

const readerOf = (
	context: ReverseContext,
	shape: Shape,
	source: Source,
	index: number,
): {readonly read: Factor; readonly isUniform: boolean} => {
	if (source === 'output') {
		const values = context.output(0);
		return {read: (offset) => values[offset], isUniform: false};
	}

	const input = inputOf(source, index);
	const values = context.input(input);
	const own = shapeOf(context, input);
	const offsetIn = broadcastOffset(own, shape);
	return {
		read: (offset) => values[offsetIn(offset)],
		isUniform: isConstantOverSpace(own, shape),
	};
};

const evaluatePair = (
	rule: BroadcastRule,
	a: Tensor,
	b: Tensor,
	shape: Shape,
): Tensor => {
	const [valuesA, valuesB] = [numbersOf(a), numbersOf(b)];
	const offsetA = broadcastOffset(a.shape, shape);
	const offsetB = broadcastOffset(b.shape, shape);
	return tensorOf(
		a.type,
		Array.from({length: elementCount(shape)}, (_, offset) =>
			rule.value(valuesA[offsetA(offset)], valuesB[offsetB(offset)]),
		),
		shape,
	);
};
