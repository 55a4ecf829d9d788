import type * as tf from '@tensorflow/tfjs-core';
import {ModelError} from '../errors.js';
import {elementCount, numbersOf} from '../graph/tensor.js';
import type {DenseAdjoint, SparseAdjoint} from './adjoint/adjoint.js';
import {channelCount, positionCount} from './adjoint/extent.js';
import {perNode} from './adjoint/per-node.js';
import {fromChannels, mergeRows, sumOverSpace} from './adjoint/rows.js';
import {
	type AxisMix,
	type AxisSizes,
	readMix,
} from './resizing/interpolation.js';
import {loweredAxis} from './layout.js';
import type {NodeView, Operator} from './operator.js';
import {constantNumbers, shapeOf, shapeText} from './shapes.js';

/** Input and output size of every axis. @throws {ModelError} where neither scales nor sizes are known. */
const readSizes = (view: NodeView): readonly AxisSizes[] => {
	const shape = shapeOf(view, 0);
	const sizes = constantNumbers(view, 3);
	const tensor = view.constant(2);
	if (sizes?.length === shape.length) {
		return shape.map((inner, axis) => ({
			inner,
			outer: sizes[axis],
			scale: sizes[axis] / inner,
		}));
	}

	const scales = tensor && numbersOf(tensor);
	if (scales?.length !== shape.length) {
		throw new ModelError(
			`Node ${view.node.name}: scales and sizes of this Resize of ${shapeText(shape)} are computed while the network runs; export the model with a fixed input size`,
		);
	}

	return shape.map((inner, axis) => ({
		inner,
		outer: Math.floor(inner * scales[axis]),
		scale: scales[axis],
	}));
};

/** How each axis is mixed; undefined for those that stay as they are. */
export const resizeAxes = perNode((view): ReadonlyArray<AxisMix | undefined> =>
	readSizes(view).map((sizes) =>
		sizes.inner === sizes.outer && sizes.scale === 1
			? undefined
			: readMix(view, sizes),
	),
);

/** The adjoint of mixing one axis: every element gives back to those that it was mixed from. */
const unmixAxis = (
	data: Float32Array,
	inner: number,
	mix: AxisMix,
): Float32Array => {
	const outerCount = data.length / (mix.outer * inner);
	const result = new Float32Array(outerCount * mix.inner * inner);
	for (let block = 0; block < outerCount; block++) {
		for (let at = 0; at < mix.outer; at++) {
			const from = (block * mix.outer + at) * inner;
			for (let tap = 0; tap < mix.taps; tap++) {
				const weight = mix.weights[at * mix.taps + tap];
				const to =
					(block * mix.inner + mix.coordinates[at * mix.taps + tap]) * inner;
				for (let index = 0; index < inner; index++) {
					result[to + index] += weight * data[from + index];
				}
			}
		}
	}

	return result;
};

const dense = (
	view: NodeView,
	[adjoint]: ReadonlyArray<DenseAdjoint | undefined>,
) => {
	const shape = shapeOf(view, 0);
	let {data, shape: current} = adjoint!;
	for (const [axis, mix] of resizeAxes(view).entries()) {
		if (mix) {
			data = unmixAxis(data, elementCount(current.slice(axis + 1)), mix);
			current = current.with(axis, mix.inner);
		}
	}

	return [{...adjoint!, shape, data}];
};

/** The positions and weights that one output position is mixed from. */
export type Mix = ReadonlyArray<readonly [position: number, weight: number]>;

/** What each position of the output is mixed from; undefined where more than space is resized. */
export const mixOf = (
	view: NodeView,
): ((position: number) => Mix) | undefined => {
	const [batch, channels, ...axes] = resizeAxes(view);
	if (batch !== undefined || channels !== undefined) {
		return undefined;
	}

	const inner = shapeOf(view, 0).slice(2);
	const outer = readSizes(view)
		.slice(2)
		.map((sizes) => sizes.outer);
	return (position) => {
		let mix: Mix = [[0, 1]];
		let rest = position;
		let step = 1;
		for (let axis = inner.length - 1; axis >= 0; axis--) {
			const at = rest % outer[axis];
			rest = (rest - at) / outer[axis];
			mix = spread(mix, axes[axis], at, step);
			step *= inner[axis];
		}

		return mix;
	};
};

const spread = (
	mix: Mix,
	axis: AxisMix | undefined,
	at: number,
	step: number,
): Mix => {
	if (!axis) {
		return mix.map(([position, weight]) => [position + at * step, weight]);
	}

	const {taps, coordinates, weights} = axis;
	return Array.from({length: taps}, (_, tap) => at * taps + tap)
		.filter((index) => weights[index] !== 0)
		.flatMap((index) =>
			mix.map(
				([position, weight]) =>
					[
						position + coordinates[index] * step,
						weight * weights[index],
					] as const,
			),
		);
};

const sparse = (
	view: NodeView,
	[adjoint]: ReadonlyArray<SparseAdjoint | undefined>,
) => {
	const shape = shapeOf(view, 0);
	const {seeds, owners, positions, rows, uniform} = adjoint!;
	const mix = mixOf(view);
	if (!mix) {
		return undefined;
	}

	if (positionCount(shape) === 1) {
		return [fromChannels(seeds, shape, sumOverSpace(adjoint!))];
	}

	if (uniform) {
		return undefined;
	}

	const channels = channelCount(shape);
	const mixes = Array.from(positions, (position) => mix(position));
	const count = mixes.reduce((sum, {length}) => sum + length, 0);
	const loose = {
		owners: new Int32Array(count),
		positions: new Int32Array(count),
		rows: new Float32Array(count * channels),
	};
	let slot = 0;
	for (const [row, parts] of mixes.entries()) {
		for (const [position, weight] of parts) {
			loose.owners[slot] = owners[row];
			loose.positions[slot] = position;
			for (let channel = 0; channel < channels; channel++) {
				loose.rows[slot * channels + channel] =
					weight * rows[row * channels + channel];
			}

			slot++;
		}
	}

	return [mergeRows(seeds, shape, [loose])];
};

/** A matrix `[inner, outer]` with the weights of one axis. */
const mixMatrix = (
	engine: typeof tf,
	{inner, outer, taps, coordinates, weights}: AxisMix,
): tf.Tensor2D => {
	const matrix = new Float32Array(inner * outer);
	for (const [index, weight] of weights.entries()) {
		matrix[coordinates[index] * outer + Math.trunc(index / taps)] += weight;
	}

	return engine.tensor2d(matrix, [inner, outer]);
};

/** Scales a picture up or down by nearest, linear or cubic interpolation. @see https://onnx.ai/onnx/operators/onnx__Resize.html */
export const Resize: Operator = {
	infer: (view) => [
		{
			type: view.inputs[0]!.type,
			shape: readSizes(view).map(({outer}) => outer),
		},
	],
	adjoint: {dense, sparse},
	lower: {
		/** By two products with small matrices: TensorFlow.js knows two of ONNX's coordinate modes only. */
		apply(engine, view, [x]) {
			let result = x!;
			for (const [axis, mix] of resizeAxes(view).entries()) {
				if (mix) {
					const at = loweredAxis(axis, result.rank);
					const order = Array.from({length: result.rank}, (_, each) => each);
					[order[at], order[result.rank - 1]] = [result.rank - 1, at];
					const turned = engine.transpose(result, order);
					const flat = engine.reshape(turned, [-1, mix.inner]);
					const mixed = engine.matMul(flat, mixMatrix(engine, mix));
					result = engine.transpose(
						engine.reshape(mixed, [...turned.shape.slice(0, -1), mix.outer]),
						order,
					);
				}
			}

			return result;
		},
	},
};
