import {numbersAttribute} from '../node/attributes.js';
import {loweredList} from '../rules/layout.js';
import {moving} from '../families/movement/moving.js';
import type {NodeView} from '../node/view.js';
import {axisOf, constantNumbers, shapeOf, stridesOf} from '../node/shapes.js';

type Span = {start: number; step: number; size: number};

const clamp = (value: number, min: number, max: number) =>
	Math.min(Math.max(value, min), max);

/** By axis: the start, the step, and the number of elements read. */
const spansOf = (view: NodeView): readonly Span[] => {
	const shape = shapeOf(view, 0);
	const spans = shape.map((size): Span => ({start: 0, step: 1, size}));
	const starts =
		numbersAttribute(view.node, 'starts') ?? constantNumbers(view, 1)!;
	const ends = numbersAttribute(view.node, 'ends') ?? constantNumbers(view, 2)!;
	const axes = numbersAttribute(view.node, 'axes') ?? constantNumbers(view, 3);
	const steps = constantNumbers(view, 4);
	for (const [index, from] of starts.entries()) {
		const axis = axisOf(view, axes?.[index] ?? index, shape.length);
		const size = shape[axis];
		const step = steps?.[index] ?? 1;
		const [first, last] = step > 0 ? [0, size] : [-1, size - 1];
		const count = (position: number) =>
			clamp(position < 0 ? position + size : position, first, last);
		const start = count(from);
		const end = count(ends[index]);
		spans[axis] = {
			start,
			step,
			size: Math.max(0, Math.ceil((end - start) / step)),
		};
	}

	return spans;
};

/** A part of each axis, with a step that may be negative. @see https://onnx.ai/onnx/operators/onnx__Slice.html */
export const Slice = moving(
	(view) => {
		const spans = spansOf(view);
		const strides = stridesOf(shapeOf(view, 0));
		const shape = spans.map(({size}) => size);
		let offset = 0;
		for (const [axis, {start}] of spans.entries()) {
			offset += start * strides[axis];
		}

		return [
			{
				shape,
				sizes: shape,
				strides: strides.map((stride, axis) => stride * spans[axis].step),
				offset,
			},
		];
	},
	{
		apply(engine, view, [x]) {
			const spans = loweredList(spansOf(view));
			// A backward span is a forward one that is read in reverse.
			const begin = spans.map(({start, step, size}) =>
				step > 0 ? start : start + (size - 1) * step,
			);
			const reach = spans.map(
				({step, size}) => (size - 1) * Math.abs(step) + 1,
			);
			const part = engine.slice(x!, begin, reach);
			const stepped = spans.every(({step}) => Math.abs(step) === 1)
				? part
				: engine.stridedSlice(
						part,
						spans.map(() => 0),
						reach,
						spans.map(({step}) => Math.abs(step)),
					);
			const backward = [...spans.keys()].filter((axis) => spans[axis].step < 0);
			return backward.length === 0
				? stepped
				: engine.reverse(stepped, backward);
		},
	},
);
