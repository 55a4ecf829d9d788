import {
	elementCount,
	type Shape,
	type Tensor,
	tensorOf,
} from '../../graph/tensor.js';
import type {NodeView} from '../node/view.js';
import {
	transposeLast,
	transposedShape,
} from '../families/product/transpose-last.js';
import type {NetworkWriter} from './network-writer.js';

/** What writes nodes, and knows values by name. */
type Writing = Pick<NetworkWriter, 'values' | 'add' | 'write'>;

/** What a cotangent rule may read of a node of a linear network, and how it writes the nodes that compute adjoints; values go by name. */
export type CotangentContext = NodeView &
	Writing & {
		/** By output; undefined where it has no adjoint. */
		readonly adjoints: ReadonlyArray<string | undefined>;
		/** Whether the adjoint of input `index` is wanted: inputs that change, unlike held values and constants. */
		readonly wanted: (index: number) => boolean;
	};

/**
How adjoints pass back through a node that is linear in what changes: the adjoint of each wanted input; undefined where that is not known.

An adjoint has its value's shape, except that the number of seeds may replace a leading 1.
*/
export type CotangentRule = (
	context: CotangentContext,
) => ReadonlyArray<string | undefined> | undefined;

/** Reshapes an adjoint; where both shapes lead with 1, any number of seeds stays in its place. */
export const reshapeTo = (
	{values, add, write}: Writing,
	adjoint: string,
	shape: Shape,
): string => {
	const current = values.get(adjoint)!.shape;
	if (String(current) === String(shape)) {
		return adjoint;
	}

	const isSeeds = current[0] === 1 && shape[0] === 1;
	const target = tensorOf('int64', isSeeds ? shape.with(0, 0) : shape);
	return write({opType: 'Reshape', inputs: [adjoint, add(target)]})[0];
};

/** The adjoint times a number. */
export const weigh = (
	{add, write}: Writing,
	adjoint: string,
	factor: number,
): string =>
	factor === 1
		? adjoint
		: write({
				opType: 'Mul',
				inputs: [adjoint, add(tensorOf('float32', [factor], []))],
			})[0];

/** Broadcasts an adjoint to a shape. */
export const expandTo = (
	{add, write}: CotangentContext,
	adjoint: string,
	shape: Shape,
): string =>
	write({
		opType: 'Expand',
		inputs: [adjoint, add(tensorOf('int64', shape))],
	})[0];

/** The adjoint of a broadcast from one shape to another: sums over the repeated axes. */
export const sumBroadcast = (
	context: CotangentContext,
	adjoint: string,
	{from, to}: {readonly from: Shape; readonly to: Shape},
): string => {
	const missing = to.length - from.length;
	const axes = [...to.keys()].filter(
		(axis) => (axis < missing ? 1 : from[axis - missing]) !== to[axis],
	);
	const {add, write} = context;
	const [sum] =
		axes.length === 0
			? [adjoint]
			: write({
					opType: 'ReduceSum',
					inputs: [adjoint, add(tensorOf('int64', axes))],
				});
	return missing === 0 ? sum : reshapeTo(context, sum, from);
};

/**
The rule of an operator that mixes each axis of its first input separately, as interpolation and padding do.

@param read By axis, the matrix `[inner, outer]` that mixes its elements; undefined where the axis stays as it is.
*/
export const separable =
	(
		read: (view: NodeView) => ReadonlyArray<Float32Array | undefined>,
	): CotangentRule =>
	(context) => {
		const {inputs, outputs, adjoints} = context;
		const {shape} = inputs[0]!;
		const matrices = read(context);
		if (matrices[0] !== undefined || !context.wanted(0)) {
			return undefined;
		}

		let current = outputs[0].shape;
		let adjoint = adjoints[0]!;
		for (const [axis, data] of matrices.entries()) {
			if (data) {
				adjoint = unmixAxis(context, {adjoint, shape: current}, axis, {
					type: 'float32',
					shape: [shape[axis], current[axis]],
					data,
				});
				current = current.with(axis, shape[axis]);
			}
		}

		return [adjoint];
	};

/** Multiplies by a matrix `[inner, outer]` along one axis: what runtimes are fastest at, zeros or not. */
export const unmixAxis = (
	context: Writing,
	{adjoint, shape}: {readonly adjoint: string; readonly shape: Shape},
	axis: number,
	matrix: Tensor & {readonly data: Float32Array},
): string => {
	const {add, write} = context;
	const product = (...inputs: string[]) => write({opType: 'MatMul', inputs})[0];
	if (axis === shape.length - 1) {
		const turned = add({
			...matrix,
			shape: transposedShape(matrix.shape),
			data: transposeLast(matrix.data, matrix.shape),
		});
		return product(adjoint, turned);
	}

	const left = add(matrix);
	if (axis === shape.length - 2) {
		return product(left, adjoint);
	}

	const flat = [
		...shape.slice(0, axis + 1),
		elementCount(shape.slice(axis + 1)),
	];
	const unmixed = product(left, reshapeTo(context, adjoint, flat));
	return reshapeTo(context, unmixed, shape.with(axis, matrix.shape[0]));
};
