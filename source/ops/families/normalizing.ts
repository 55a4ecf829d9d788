import type * as tf from '@tensorflow/tfjs-core';
import {ModelError} from '../../errors.js';
import {elementCount, type Shape, tensorOf} from '../../graph/tensor.js';
import type {DenseAdjoint} from '../adjoint/adjoint.js';
import type {
	AdjointRule,
	InputAdjoints,
	ReverseContext,
} from '../rules/adjoint.js';
import {numberAttribute} from '../node/attributes.js';
import type {NodeView} from '../node/view.js';
import {shapeOf} from '../node/shapes.js';
import type {TangentRule} from '../rules/tangent.js';

/** Which elements are normalised together, and with which scale and bias. */
type Grouping = {
	/** Groups are runs of so many neighbouring elements. */
	readonly size: number;
	/** Flat index of an element → index of its scale and its bias. */
	readonly parameter: (offset: number) => number;
};

/** What keeps the square root away from 0. */
export const epsilonOf = (view: NodeView): number =>
	numberAttribute(view.node, 'epsilon', 1e-5);

type Moments = {readonly mean: number; readonly inverse: number};

/** The mean and 1/√(variance + ε) of `size` elements from `begin` on, in double precision. */
const momentsOf = (
	x: Float32Array,
	begin: number,
	size: number,
	epsilon: number,
): Moments => {
	let mean = 0;
	for (let index = begin; index < begin + size; index++) {
		mean += x[index] / size;
	}

	let variance = 0;
	for (let index = begin; index < begin + size; index++) {
		variance += (x[index] - mean) ** 2 / size;
	}

	return {mean, inverse: 1 / Math.sqrt(variance + epsilon)};
};

/**
The rule of `y = (x − mean) / √(variance + ε) · scale + bias`, where mean and variance are those of x's group.

With `x̂ = (x − mean) / √…` and `h = ∂/∂y · scale` it is `∂/∂x = (h − mean(h) − x̂ · mean(h · x̂)) / √…`: every element of a group depends on all of them, so it is dense.
*/
export const normalizingRule = (
	groupingOf: (view: NodeView) => Grouping,
): AdjointRule => ({
	needs: () => ({inputs: [0, 1]}),
	dense(context, [adjoint, ...statistics]) {
		if (!adjoint || statistics.some((other) => other !== undefined)) {
			throw new ModelError(
				`Node ${context.node.name}: the mean and deviation that ${context.node.opType} gives besides its result cannot be explained; choose a layer behind it`,
			);
		}

		return passBack(context, adjoint, groupingOf(context));
	},
});

const passBack = (
	context: ReverseContext,
	adjoint: DenseAdjoint,
	{size, parameter}: Grouping,
): InputAdjoints => {
	const x = context.input(0);
	const scale = context.input(1);
	const {seeds, shape, data: g} = adjoint;
	const count = elementCount(shape);
	const toX = new Float32Array(seeds * count);
	const toScale = new Float64Array(seeds * scale.length);
	const toBias = new Float64Array(seeds * scale.length);
	for (let begin = 0; begin < count; begin += size) {
		const {mean, inverse} = momentsOf(x, begin, size, epsilonOf(context));
		for (let seed = 0; seed < seeds; seed++) {
			const base = seed * count;
			let sum = 0;
			let correlation = 0;
			for (let index = begin; index < begin + size; index++) {
				const at = parameter(index);
				const derivative = g[base + index];
				const normalized = (x[index] - mean) * inverse;
				toScale[seed * scale.length + at] += derivative * normalized;
				toBias[seed * scale.length + at] += derivative;
				sum += (derivative * scale[at]) / size;
				correlation += (derivative * scale[at] * normalized) / size;
			}

			for (let index = begin; index < begin + size; index++) {
				const normalized = (x[index] - mean) * inverse;
				toX[base + index] =
					inverse *
					(g[base + index] * scale[parameter(index)] -
						sum -
						normalized * correlation);
			}
		}
	}

	return [
		{kind: 'dense', seeds, shape, data: toX},
		...[toScale, toBias].map((sums, index) =>
			context.inputs.length > index + 1 && context.wanted(index + 1)
				? ({
						kind: 'dense',
						seeds,
						shape: shapeOf(context, index + 1),
						data: new Float32Array(sums),
					} as const)
				: undefined,
		),
	];
};

/** The rule of how y changes: the matrix of the derivatives of x̂ is symmetric, so it is the rule above, with the scale at the end. */
export const normalizingTangent =
	(groupingOf: (view: NodeView) => Grouping): TangentRule =>
	(context) => {
		const {node, changes, add, made, write} = context;
		const [change, ...others] = changes;
		if (
			change === undefined ||
			others.some((other) => other !== undefined) ||
			node.outputs.length > 1
		) {
			return undefined;
		}

		const shape = shapeOf(context, 0);
		const {size, parameter} = groupingOf(context);
		const groups = [1, elementCount(shape) / size, size];
		const make = (of: (x: number, moments: Moments, scale: number) => number) =>
			made(groups, ({input}) => {
				const x = input(0);
				const scale = input(1);
				const result = new Float32Array(x.length);
				for (let begin = 0; begin < x.length; begin += size) {
					const moments = momentsOf(x, begin, size, epsilonOf(context));
					for (let at = begin; at < begin + size; at++) {
						result[at] = of(x[at], moments, scale[parameter(at)]);
					}
				}

				return result;
			});
		const operate = (opType: string, ...inputs: string[]) =>
			write({opType, inputs})[0];
		const mean = (value: string) =>
			write({
				opType: 'ReduceMean',
				inputs: [value],
				attributes: {axes: [2]},
			})[0];
		const reshape = (value: string, to: Shape) =>
			operate('Reshape', value, add(tensorOf('int64', to)));

		const normalized = make(
			(x, moments) => (x - moments.mean) * moments.inverse,
		);
		const factor = make((_, {inverse}, scale) => inverse * scale);
		const grouped = reshape(change, groups);
		const centred = operate('Sub', grouped, mean(grouped));
		const along = mean(operate('Mul', grouped, normalized));
		const rest = operate('Sub', centred, operate('Mul', normalized, along));
		return [reshape(operate('Mul', rest, factor), shape)];
	};

/** The normalised x̂ with its mean and 1/√(variance + ε), in TensorFlow.js. */
export const normalize = (
	engine: typeof tf,
	x: tf.Tensor,
	axes: number[],
	epsilon: number,
): {normalized: tf.Tensor; mean: tf.Tensor; inverse: tf.Tensor} => {
	const mean = engine.mean(x, axes, true);
	const centered = engine.sub(x, mean);
	const variance = engine.mean(engine.square(centered), axes, true);
	const inverse = engine.rsqrt(engine.add(variance, epsilon));
	return {normalized: engine.mul(centered, inverse), mean, inverse};
};
