import {elementCount} from '../../../graph/tensor.js';
import {numberAttribute} from '../../../ops/node/attributes.js';
import {commonLayout} from '../../channels-last/elementwise.js';
import {concatenate, slice, split} from '../../channels-last/shaping.js';
import {stack, unstack} from '../../channels-last/stacking.js';
import type {GraphOperator, GraphOperators} from './operator.js';
import {stridedSlice} from './strided-slice.js';

const parts =
	(
		read: (inputs: readonly string[]) => {x: string; axis: string},
	): GraphOperator =>
	(writer, node) => {
		const {x, axis} = read(node.inputs);
		const [given] = writer.numbers(axis, `Node ${node.name}: the axis`);
		const shape = writer.shapeOf(x);
		const size = shape[writer.axis(given, shape.length, 'plain')];
		const count = numberAttribute(node, 'num_split', node.outputs.length);
		const sizes =
			node.opType === 'SplitV'
				? writer.numbers(node.inputs[1], `Node ${node.name}: the sizes`)
				: Array.from({length: count}, () => size / count);
		const known = elementCount([
			sizes.reduce((sum, each) => sum + Math.max(each, 0), 0),
		]);
		split(writer, node.outputs, x, {
			axis: given,
			sizes: sizes.map((each) => (each < 0 ? size - known : each)),
		});
	};

const gather: GraphOperator = (writer, node) => {
	const [x, indices, axisName] = node.inputs;
	const shape = writer.shapeOf(x);
	const [given] =
		axisName === undefined
			? [0]
			: writer.numbers(axisName, `Node ${node.name}: the axis`);
	const layout =
		writer.shapeOf(indices).length === 1 ? commonLayout(writer, [x]) : 'plain';
	writer.node(
		layout,
		node.outputs[0],
		'Gather',
		[writer.aligned(x, layout), writer.plain(indices)],
		{axis: writer.axis(given, shape.length, layout)},
	);
};

/** Operators that put values together and take them apart. */
export const partOperators: GraphOperators = {
	ConcatV2(writer, node) {
		const axis = writer.numbers(
			node.inputs.at(-1)!,
			`Node ${node.name}: the axis`,
		);
		concatenate(writer, node.outputs[0], node.inputs.slice(0, -1), axis[0]);
	},
	Gather: gather,
	GatherV2: gather,
	Pack(writer, node) {
		const axis = numberAttribute(node, 'axis', 0);
		stack(writer, node.outputs[0], node.inputs, axis);
	},
	Slice(writer, node) {
		const [x, begin, size] = node.inputs;
		const starts = writer.numbers(begin, `Node ${node.name}: the begin`);
		const sizes = writer.numbers(size, `Node ${node.name}: the size`);
		slice(
			writer,
			node.outputs[0],
			x,
			writer.shapeOf(x).map((all, axis) => ({
				start: starts[axis],
				end: sizes[axis] < 0 ? all : starts[axis] + sizes[axis],
				step: 1,
			})),
		);
	},
	Split: parts(([axis, x]) => ({x, axis})),
	SplitV: parts(([x, , axis]) => ({x, axis})),
	StridedSlice: stridedSlice,
	Unpack(writer, node) {
		const axis = numberAttribute(node, 'axis', 0);
		unstack(writer, node.outputs, node.inputs[0], axis);
	},
};
