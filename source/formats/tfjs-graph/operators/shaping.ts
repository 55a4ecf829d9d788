import {
	numbersAttribute,
	stringAttribute,
} from '../../../ops/node/attributes.js';
import {flip} from '../../channels-last/indexing.js';
import {pad} from '../../channels-last/padding.js';
import {reshape, transpose} from '../../channels-last/shaping.js';
import {broadcast, tile} from '../../channels-last/stacking.js';
import type {GraphOperator, GraphOperators} from './operator.js';

const padding: GraphOperator = (writer, node) => {
	const [x, pads, value] = node.inputs;
	const numbers = writer.numbers(pads, `Node ${node.name}: the padding`);
	pad(writer, node.outputs[0], x, {
		pads: writer
			.shapeOf(x)
			.map((_, axis) => [numbers[2 * axis], numbers[2 * axis + 1]] as const),
		mode: stringAttribute(node, 'mode', 'constant').toLowerCase(),
		value:
			value === undefined
				? 0
				: writer.numbers(value, `Node ${node.name}: the value`)[0],
	});
};

/** Operators that give elements another place. */
export const shapingOperators: GraphOperators = {
	BroadcastTo(writer, node) {
		const [x, shape] = node.inputs;
		const wanted = writer.numbers(shape, `Node ${node.name}: the shape`);
		broadcast(writer, node.outputs[0], x, wanted);
	},
	ExpandDims(writer, node) {
		const [x, axis] = node.inputs;
		const shape = writer.shapeOf(x);
		const [given] = writer.numbers(axis, `Node ${node.name}: the axis`);
		const at = writer.axis(given, shape.length + 1, 'plain');
		reshape(writer, node.outputs[0], x, shape.toSpliced(at, 0, 1));
	},
	MirrorPad: padding,
	Pad: padding,
	PadV2: padding,
	Reshape(writer, node) {
		const [x, target] = node.inputs;
		reshape(
			writer,
			node.outputs[0],
			x,
			writer.numbers(target, `Node ${node.name}: the shape`),
		);
	},
	ReverseV2(writer, node) {
		const [x, axes] = node.inputs;
		const flipped = writer.numbers(axes, `Node ${node.name}: the axes`);
		flip(writer, node.outputs[0], x, flipped);
	},
	Squeeze(writer, node) {
		const [x] = node.inputs;
		const shape = writer.shapeOf(x);
		const given = numbersAttribute(node, 'squeeze_dims') ?? [];
		const axes = given.map((axis) => writer.axis(axis, shape.length, 'plain'));
		reshape(
			writer,
			node.outputs[0],
			x,
			shape.filter((size, axis) =>
				axes.length === 0 ? size !== 1 : !axes.includes(axis),
			),
		);
	},
	Tile(writer, node) {
		const [x, repeats] = node.inputs;
		const counts = writer.numbers(repeats, `Node ${node.name}: the repeats`);
		tile(writer, node.outputs[0], x, counts);
	},
	Transpose(writer, node) {
		const [x, perm] = node.inputs;
		transpose(
			writer,
			node.outputs[0],
			x,
			writer.numbers(perm, `Node ${node.name}: the order of axes`),
		);
	},
};
