import {ModelError} from '../../errors.js';
import {
	elementCount,
	newData,
	type Shape,
	tensorOf,
} from '../../graph/tensor.js';
import type {DenseAdjoint} from '../adjoint/adjoint.js';
import {sliceChannels, sliceLater} from '../adjoint/rows.js';
import type {ReverseContext} from '../rules/adjoint.js';
import {numberAttribute} from '../node/attributes.js';
import {loweredAxis} from '../rules/layout.js';
import type {Operator} from '../operator.js';
import type {NodeView} from '../node/view.js';
import {axisOf, shapeOf, shapeText} from '../node/shapes.js';
import {linearInAll} from '../rules/tangent.js';

const axisAlong = (view: NodeView): number =>
	axisOf(view, numberAttribute(view.node, 'axis', 1), shapeOf(view, 0).length);

/** Where each input begins along the axis. */
const beginsOf = (
	shapes: readonly Shape[],
	axis: number,
): readonly number[] => {
	let begin = 0;
	return shapes.map((shape) => {
		const mine = begin;
		begin += shape[axis];
		return mine;
	});
};

const shapesOf = (view: NodeView): readonly Shape[] =>
	view.inputs.map((_, index) => shapeOf(view, index));

/** Copies a block from each seed, starting at `begin` along an axis. */
const sliceDense = (
	{seeds, shape: whole, data}: DenseAdjoint,
	shape: Shape,
	{axis, begin}: {readonly axis: number; readonly begin: number},
): DenseAdjoint => {
	const inner = elementCount(whole.slice(axis + 1));
	const length = shape[axis] * inner;
	const step = whole[axis] * inner;
	const result = new Float32Array(seeds * elementCount(shape));
	for (let to = 0, from = begin * inner; to < result.length;) {
		result.set(data.subarray(from, from + length), to);
		to += length;
		from += step;
	}

	return {kind: 'dense', seeds, shape, data: result};
};

/** The adjoint of each wanted input: a slice of the channels; undefined along other axes. */
const mapSlices = <Slice>(
	context: ReverseContext,
	slice: (shape: Shape, begin: number) => Slice,
): ReadonlyArray<Slice | undefined> | undefined => {
	const shapes = shapesOf(context);
	const begins = beginsOf(shapes, 1);
	return axisAlong(context) === 1
		? shapes.map((shape, index) =>
				context.wanted(index) ? slice(shape, begins[index]) : undefined,
			)
		: undefined;
};

/** Joins values along an axis. @see https://onnx.ai/onnx/operators/onnx__Concat.html */
export const Concat: Operator = {
	infer(view) {
		const axis = axisAlong(view);
		const [first, ...others] = shapesOf(view);
		for (const shape of others) {
			if (
				shape.length !== first.length ||
				shape.some((size, at) => at !== axis && size !== first[at])
			) {
				throw new ModelError(
					`Node ${view.node.name}: ${shapeText(first)} and ${shapeText(shape)} cannot be joined along axis ${axis}; choose another input size, or export the model again`,
				);
			}
		}

		const total = shapesOf(view).reduce((sum, shape) => sum + shape[axis], 0);
		return [{type: view.inputs[0]!.type, shape: first.with(axis, total)}];
	},
	evaluate(view, inputs) {
		const axis = axisAlong(view);
		const tensors = inputs.map((tensor) => tensor!);
		const [{type, shape}] = tensors;
		const outer = elementCount(shape.slice(0, axis));
		const total = tensors.reduce((sum, each) => sum + each.shape[axis], 0);
		const joined = shape.with(axis, total);
		const data = newData(type, elementCount(joined));
		for (let block = 0, to = 0; block < outer; block++) {
			for (const {data: from} of tensors) {
				const length = from.length / outer;
				for (let index = 0; index < length; index++, to++) {
					data[to] = from[block * length + index];
				}
			}
		}

		return [{type, shape: joined, data}];
	},
	adjoint: {
		dense(context, [adjoint]) {
			const axis = axisAlong(context);
			const shapes = shapesOf(context);
			const begins = beginsOf(shapes, axis);
			return shapes.map((shape, index) =>
				adjoint && context.wanted(index)
					? sliceDense(adjoint, shape, {axis, begin: begins[index]})
					: undefined,
			);
		},
		sparse: (context, [adjoint]) =>
			adjoint &&
			mapSlices(context, (shape, begin) =>
				sliceChannels(adjoint, shape, begin),
			),
		pending: (context, adjoint) =>
			adjoint.uniform
				? undefined
				: mapSlices(context, (shape, begin) =>
						sliceLater(adjoint, shape, begin),
					),
	},
	tangent: linearInAll,
	cotangent(context) {
		const axis = axisAlong(context);
		const {adjoints, wanted, add, write} = context;
		const shapes = shapesOf(context);
		return beginsOf(shapes, axis).map((begin, index) => {
			const span = [begin, begin + shapes[index][axis], axis];
			const bounds = span.map((bound) => add(tensorOf('int64', [bound])));
			return wanted(index)
				? write({opType: 'Slice', inputs: [adjoints[0]!, ...bounds]})[0]
				: undefined;
		});
	},
	lower: {
		apply: ({concat}, view, inputs) =>
			concat(
				inputs.map((tensor) => tensor!),
				loweredAxis(axisAlong(view), shapeOf(view, 0).length),
			),
	},
};
