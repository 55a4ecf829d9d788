import {ModelError} from '../../../errors.js';
import {numberAttribute} from '../../../ops/attributes.js';
import {reshape, slice, type Span} from '../../channels-last/shaping.js';
import type {GraphOperator} from './operator.js';

/**
A part of each axis, as numpy's `x[1:, ..., None, 0]` says it: five masks tell which of the numbers count.

@see https://www.tensorflow.org/api_docs/python/tf/raw_ops/StridedSlice
*/
export const stridedSlice: GraphOperator = (writer, node) => {
	const [x, ...lists] = node.inputs;
	const [begin, end, strides] = lists.map((name) =>
		writer.numbers(name, `Node ${node.name}: a bound`),
	);
	const has = (mask: string, index: number) =>
		Math.trunc(numberAttribute(node, mask, 0) / 2 ** index) % 2 === 1;
	const shape = writer.shapeOf(x);
	const spans: Span[] = [];
	const kept: number[] = [];
	const take = (span: Span) => {
		spans.push(span);
	};

	const takeWhole = () => {
		const size = shape[spans.length];
		take({start: 0, end: size, step: 1});
		kept.push(size);
	};

	const entries = [...begin.keys()];
	const named = entries.filter(
		(index) => !has('ellipsis_mask', index) && !has('new_axis_mask', index),
	).length;
	for (const index of entries) {
		if (has('ellipsis_mask', index)) {
			for (let rest = shape.length - named; rest > 0; rest--) {
				takeWhole();
			}
		} else if (has('new_axis_mask', index)) {
			kept.push(1);
		} else {
			const size = shape[spans.length];
			const step = strides[index];
			const place = (at: number) => (at < 0 ? at + size : at);
			if (size === undefined) {
				throw new ModelError(
					`Node ${node.name}: more bounds than axes of [${shape.join(', ')}]; export the model again`,
				);
			}

			if (has('shrink_axis_mask', index)) {
				const start = place(begin[index]);
				take({start, end: start + 1, step: 1});
				continue;
			}

			const [low, high] = step > 0 ? [0, size] : [-1, size - 1];
			const clamp = (at: number) => Math.min(Math.max(at, low), high);
			const start = has('begin_mask', index)
				? step > 0
					? 0
					: size - 1
				: clamp(place(begin[index]));
			const stop = has('end_mask', index)
				? step > 0
					? size
					: -1
				: clamp(place(end[index]));
			// To ONNX, −1 is the last element; what lies before the first one is beyond it.
			take({start, end: stop < 0 ? -size - 1 : stop, step});
			kept.push(Math.max(0, Math.ceil((stop - start) / step)));
		}
	}

	while (spans.length < shape.length) {
		takeWhole();
	}

	const part = writer.temporary(node.outputs[0]);
	slice(writer, part, x, spans);
	reshape(writer, node.outputs[0], part, kept);
};
