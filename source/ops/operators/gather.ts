import {ModelError} from '../../errors.js';
import {
	elementCount,
	newData,
	type Shape,
	type Tensor,
	type TensorData,
} from '../../graph/tensor.js';
import type {DenseAdjoint} from '../adjoint/adjoint.js';
import type {ReverseContext} from '../rules/adjoint.js';
import {numberAttribute} from '../node/attributes.js';
import type {Operator} from '../operator.js';
import type {NodeView} from '../node/view.js';
import {axisOf, shapeOf} from '../node/shapes.js';

/** The input as `[outer, size, inner]`; indices select along the middle axis. */
const partsOf = (view: NodeView) => {
	const shape = shapeOf(view, 0);
	const axis = axisOf(
		view,
		numberAttribute(view.node, 'axis', 0),
		shape.length,
	);
	return {
		before: shape.slice(0, axis),
		size: shape[axis],
		after: shape.slice(axis + 1),
		outer: elementCount(shape.slice(0, axis)),
		inner: elementCount(shape.slice(axis + 1)),
	};
};

const resultShape = (view: NodeView): Shape => {
	const {before, after} = partsOf(view);
	return [...before, ...shapeOf(view, 1), ...after];
};

/** Visits each run of adjacent elements: its target, its source, and its length. */
const forEachRun = (
	view: NodeView,
	indices: TensorData,
	visit: (to: number, from: number, length: number) => void,
) => {
	const {size, outer, inner} = partsOf(view);
	let to = 0;
	for (let part = 0; part < outer; part++) {
		for (const each of indices) {
			const index = Number(each);
			const counted = index < 0 ? index + size : index;
			visit(to, (part * size + counted) * inner, inner);
			to += inner;
		}
	}
};

const checkIndices = (view: NodeView) => {
	const {size} = partsOf(view);
	const outside = view
		.constant(1)
		?.data.find((index) => index < -size || index >= size);
	if (outside !== undefined) {
		throw new ModelError(
			`Node ${view.node.name}: Gather takes index ${outside} of an axis of size ${size}; export the model again`,
		);
	}
};

const gather = (
	view: NodeView,
	{type, data}: Tensor,
	indices: TensorData,
): Tensor => {
	checkIndices(view);
	const shape = resultShape(view);
	const taken = newData(type, elementCount(shape));
	forEachRun(view, indices, (to, from, length) => {
		for (let index = 0; index < length; index++) {
			taken[to + index] = data[from + index];
		}
	});
	return {type, shape, data: taken};
};

/** The adjoints of an element taken several times add up. */
const scatter = (
	context: ReverseContext,
	{seeds, data}: DenseAdjoint,
): DenseAdjoint => {
	const shape = shapeOf(context, 0);
	const step = elementCount(shape);
	const taken = elementCount(resultShape(context));
	const sums = new Float32Array(seeds * step);
	const indices = context.constant(1)?.data ?? context.input(1);
	for (let seed = 0; seed < seeds; seed++) {
		forEachRun(context, indices, (to, from, length) => {
			for (let index = 0; index < length; index++) {
				sums[seed * step + from + index] += data[seed * taken + to + index];
			}
		});
	}

	return {kind: 'dense', seeds, shape, data: sums};
};

/** Picks slices along an axis by index. @see https://onnx.ai/onnx/operators/onnx__Gather.html */
export const Gather: Operator = {
	infer(view) {
		checkIndices(view);
		return [{type: view.inputs[0]!.type, shape: resultShape(view)}];
	},
	evaluate: (view, [x, indices]) => [gather(view, x!, indices!.data)],
	adjoint: {
		needs: () => ({inputs: [1]}),
		dense: (context, [adjoint]) => [adjoint && scatter(context, adjoint)],
	},
	lower: {
		layout: 'onnx',
		apply(engine, view, [x, indices]) {
			const {before, size} = partsOf(view);
			const whole = engine.cast(indices!, 'int32');
			// TensorFlow.js does not count from the back.
			const counted = engine.where(
				engine.less(whole, 0),
				engine.add(whole, engine.scalar(size, 'int32')),
				whole,
			);
			return engine.gather(x!, engine.cast(counted, 'int32'), before.length);
		},
	},
};
