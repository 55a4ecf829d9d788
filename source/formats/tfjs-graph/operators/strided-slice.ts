import {numberAttribute} from '../../../ops/node/attributes.js';
import {takeIndexed, type IndexPart} from '../../channels-last/indexing.js';
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
	const index = begin.map((start, at): IndexPart => {
		if (has('ellipsis_mask', at)) {
			return {kind: 'ellipsis'};
		}

		if (has('new_axis_mask', at)) {
			return {kind: 'new axis'};
		}

		return has('shrink_axis_mask', at)
			? {kind: 'element', at: start}
			: {
					kind: 'slice',
					start: has('begin_mask', at) ? undefined : start,
					stop: has('end_mask', at) ? undefined : end[at],
					step: strides[at],
				};
	});
	takeIndexed(writer, node.outputs[0], x, index);
};
