import {ModelError} from '../../../errors.js';
import {numbersAttribute, stringAttribute} from '../../../ops/attributes.js';
import {commonLayout} from '../../channels-last/elementwise.js';
import {pad, reshape, transpose} from '../../channels-last/shaping.js';
import type {GraphOperator, GraphOperators} from './operator.js';

const padding =
	(mode: (node: Parameters<GraphOperator>[1]) => string): GraphOperator =>
	(writer, node) => {
		const [x, pads, value] = node.inputs;
		const numbers = writer.numbers(pads, `Node ${node.name}: the padding`);
		pad(writer, node.outputs[0], x, {
			pads: writer
				.shapeOf(x)
				.map((_, axis) => [numbers[2 * axis], numbers[2 * axis + 1]] as const),
			mode: mode(node),
			value:
				value === undefined
					? 0
					: writer.numbers(value, `Node ${node.name}: the value`)[0],
		});
	};

/** What ONNX calls TensorFlow's ways to mirror. */
const mirrorMode: Parameters<typeof padding>[0] = (node) => {
	const mode = stringAttribute(node, 'mode', 'REFLECT');
	if (mode !== 'REFLECT') {
		throw new ModelError(
			`Node ${node.name}: padding of mode ${mode} is not known; use REFLECT`,
		);
	}

	return 'reflect';
};

/** Operators that give elements another place. */
export const shapingOperators: GraphOperators = {
	ExpandDims(writer, node) {
		const [x, axis] = node.inputs;
		const shape = writer.shapeOf(x);
		const [given] = writer.numbers(axis, `Node ${node.name}: the axis`);
		const at = writer.axis(given, shape.length + 1, 'plain');
		reshape(writer, node.outputs[0], x, shape.toSpliced(at, 0, 1));
	},
	MirrorPad: padding(mirrorMode),
	Pad: padding(() => 'constant'),
	PadV2: padding(() => 'constant'),
	Reshape(writer, node) {
		const [x, target] = node.inputs;
		reshape(
			writer,
			node.outputs[0],
			x,
			writer.numbers(target, `Node ${node.name}: the shape`),
		);
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
		const layout = commonLayout(writer, [x]);
		const order: number[] = [];
		for (const [axis, count] of counts.entries()) {
			order[writer.axis(axis, counts.length, layout)] = count;
		}

		writer.node(layout, node.outputs[0], 'Tile', [
			writer.aligned(x, layout),
			writer.integers(order),
		]);
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
