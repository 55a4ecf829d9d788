import {ModelError} from '../../errors.js';
import type {Node} from '../../graph/graph.js';
import {elementCount, tensorOf, type Shape} from '../../graph/tensor.js';
import {numberAttribute, stringAttribute} from '../../ops/attributes.js';
import {takenOffsets} from '../../ops/movement/along-axis.js';
import {stridesOf} from '../../ops/shapes.js';
import {sequence} from '../sequence.js';
import {
	constantIntegers,
	written,
	type Context,
	type Upgrade,
} from './upgrade.js';

/** Flat indices into the value that is written to, one for each element that is put there. */
type Places = (
	node: Node,
	shape: Shape,
	indices: {readonly shape: Shape; readonly numbers: readonly number[]},
) => readonly number[];

/** Picks each element from where it stays or from what is put there: the same as to write, where it is known beforehand. */
const scatter =
	(placesOf: Places): Upgrade =>
	(node, context: Context) => {
		if (stringAttribute(node, 'reduction', 'none') !== 'none') {
			throw new ModelError(
				`Node ${node.name}: ${node.opType} with reduction "${stringAttribute(node, 'reduction', 'none')}" is not known; write it with torch.where`,
			);
		}

		const [x, indices, updates] = node.inputs;
		const shape = context.draft.shapeOf(x);
		const count = elementCount(shape);
		const sources = Array.from({length: count}, (_, at) => at);
		const places = placesOf(node, shape, {
			shape: context.draft.shapeOf(indices),
			numbers: constantIntegers(node, 1, context)!,
		});
		for (const [at, place] of places.entries()) {
			sources[place] = count + at;
		}

		const to = sequence(node);
		const flat = (name: string) =>
			to.apply('Reshape', [name, to.integers([-1])]);
		const both = to.apply('Concat', [flat(x), flat(updates)], {axis: 0});
		const picked = to.apply('Gather', [both, to.integers(sources)], {axis: 0});
		to.apply(
			'Reshape',
			[picked, to.constant(tensorOf('int64', shape))],
			{},
			to.result,
		);
		return written(to, context);
	};

/** Writes slices of a value, as an assignment to `x[:, 1:3]` does. @see https://onnx.ai/onnx/operators/onnx__ScatterND.html */
export const scatterNd = scatter((_, shape, {shape: rows, numbers}) => {
	const depth = rows.at(-1)!;
	const strides = stridesOf(shape);
	const inner = elementCount(shape.slice(depth));
	return Array.from({length: (numbers.length / depth) * inner}, (_, at) => {
		const row = Math.trunc(at / inner) * depth;
		let place = at % inner;
		for (let axis = 0; axis < depth; axis++) {
			const index = numbers[row + axis];
			place += (index < 0 ? index + shape[axis] : index) * strides[axis];
		}

		return place;
	});
});

/** Writes single elements along an axis. @see https://onnx.ai/onnx/operators/onnx__ScatterElements.html */
export const scatterElements = scatter((node, shape, indices) => {
	const axis = numberAttribute(node, 'axis', 0);
	return [
		...takenOffsets(
			{
				shape,
				axis: axis < 0 ? axis + shape.length : axis,
				taken: indices.shape,
			},
			indices.numbers,
		),
	];
});
