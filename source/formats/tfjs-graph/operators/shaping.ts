import {ModelError} from '../../../errors.js';
import {elementCount, tensorOf} from '../../../graph/tensor.js';
import {
	numberAttribute,
	numbersAttribute,
	stringAttribute,
} from '../../../ops/attributes.js';
import {commonLayout} from '../../channels-last/elementwise.js';
import {
	concatenate,
	pad,
	reshape,
	slice,
	split,
	transpose,
} from '../../channels-last/shaping.js';
import {resize, type Alignment} from '../../channels-last/resizing.js';
import type {GraphOperator, GraphOperators} from './operator.js';
import {stridedSlice} from './strided-slice.js';

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

const resizing =
	(isNearest: boolean): GraphOperator =>
	(writer, node) => {
		const [x, size] = node.inputs;
		const flag = (name: string) => numberAttribute(node, name, 0) === 1;
		const alignment: Alignment = flag('align_corners')
			? 'align_corners'
			: flag('half_pixel_centers')
				? 'half_pixel'
				: 'asymmetric';
		resize(writer, node.outputs[0], x, {
			size: writer.numbers(size, `Node ${node.name}: the size`),
			isNearest,
			alignment,
		});
	};

const blocks =
	(opType: 'DepthToSpace' | 'SpaceToDepth'): GraphOperator =>
	(writer, node) => {
		writer.pictureNode(
			node.outputs[0],
			opType,
			[writer.picture(node.inputs[0])],
			{blocksize: numberAttribute(node, 'block_size', 2)},
		);
	};

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

const pack: GraphOperator = (writer, node) => {
	const [output] = node.outputs;
	const {length} = writer.shapeOf(node.inputs[0]);
	const axis = writer.axis(
		numberAttribute(node, 'axis', 0),
		length + 1,
		'plain',
	);
	const raised = node.inputs.map((name) => {
		const each = writer.temporary(output);
		reshape(writer, each, name, writer.shapeOf(name).toSpliced(axis, 0, 1));
		return each;
	});
	concatenate(writer, output, raised, axis);
};

const unpack: GraphOperator = (writer, node) => {
	const [x] = node.inputs;
	const shape = writer.shapeOf(x);
	const axis = writer.axis(
		numberAttribute(node, 'axis', 0),
		shape.length,
		'plain',
	);
	const count = shape[axis];
	const raised = Array.from({length: count}, () => writer.temporary(x));
	split(writer, raised, x, {axis, sizes: raised.map(() => 1)});
	for (const [index, output] of node.outputs.entries()) {
		reshape(writer, output, raised[index], shape.toSpliced(axis, 1));
	}
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

const constantTensor = (
	writer: Parameters<GraphOperator>[0],
	name: string,
	role: string,
) => {
	const tensor = writer.constant(name);
	writer.numbers(name, role);
	return tensor!;
};

/** Operators that move elements, and the arithmetic of shapes. */
export const shapingOperators: GraphOperators = {
	ConcatV2(writer, node) {
		const axis = writer.numbers(
			node.inputs.at(-1)!,
			`Node ${node.name}: the axis`,
		);
		concatenate(writer, node.outputs[0], node.inputs.slice(0, -1), axis[0]);
	},
	DepthToSpace: blocks('DepthToSpace'),
	ExpandDims(writer, node) {
		const [x, axis] = node.inputs;
		const shape = writer.shapeOf(x);
		const [given] = writer.numbers(axis, `Node ${node.name}: the axis`);
		const at = writer.axis(given, shape.length + 1, 'plain');
		reshape(writer, node.outputs[0], x, shape.toSpliced(at, 0, 1));
	},
	Fill(writer, node) {
		const [dimensions, value] = node.inputs;
		const shape = writer.numbers(dimensions, `Node ${node.name}: the shape`);
		const {type, data} = constantTensor(
			writer,
			value,
			`Node ${node.name}: the value`,
		);
		writer.addConstant(
			node.outputs[0],
			tensorOf(
				type,
				Array.from({length: elementCount(shape)}, () => Number(data[0])),
				shape,
			),
		);
	},
	Gather: gather,
	GatherV2: gather,
	MirrorPad: padding(mirrorMode),
	Pack: pack,
	Pad: padding(() => 'constant'),
	PadV2: padding(() => 'constant'),
	Range(writer, node) {
		const [start, limit, delta] = node.inputs.map(
			(name) => writer.numbers(name, `Node ${node.name}: a bound`)[0],
		);
		const length = Math.max(0, Math.ceil((limit - start) / delta));
		const {type} = writer.constant(node.inputs[0])!;
		writer.addConstant(
			node.outputs[0],
			tensorOf(
				type,
				Array.from({length}, (_, at) => start + at * delta),
			),
		);
	},
	Reshape(writer, node) {
		const [x, target] = node.inputs;
		reshape(
			writer,
			node.outputs[0],
			x,
			writer.numbers(target, `Node ${node.name}: the shape`),
		);
	},
	ResizeBilinear: resizing(false),
	ResizeNearestNeighbor: resizing(true),
	Shape(writer, {inputs, outputs}) {
		writer.addConstant(
			outputs[0],
			tensorOf('int32', writer.shapeOf(inputs[0])),
		);
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
	SpaceToDepth: blocks('SpaceToDepth'),
	Split: parts(([axis, x]) => ({x, axis})),
	SplitV: parts(([x, , axis]) => ({x, axis})),
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
	StridedSlice: stridedSlice,
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
	Unpack: unpack,
	ZerosLike(writer, {inputs, outputs}) {
		const {type} = writer.constant(inputs[0]) ?? {type: 'float32' as const};
		const shape = writer.shapeOf(inputs[0]);
		writer.addConstant(
			outputs[0],
			tensorOf(
				type,
				Array.from({length: elementCount(shape)}, () => 0),
				shape,
			),
		);
	},
};
