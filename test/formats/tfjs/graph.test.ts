import {base64Encode} from '@bufbuild/protobuf/wire';
import {describe, expect, test} from 'vitest';
import {ModelError} from '../../../source/errors.js';
import type {Shape} from '../../../source/graph/tensor.js';
import {
	answer,
	differenceOf,
	graphOf,
	runtimeNames,
	sampleData,
} from '../answer.js';
import {
	decode,
	makeGraph,
	runGraph,
	type Constant,
	type GraphNode,
} from './reference.js';

const floats = (shape: Shape, seed = 3): Constant => ({
	shape,
	data: sampleData(
		shape.reduce((a, b) => a * b, 1),
		seed,
	),
});

/** Above 0. */
const positives = (shape: Shape): Constant => ({
	shape,
	data: sampleData(
		shape.reduce((a, b) => a * b, 1),
		5,
	).map((value) => 1.5 + value),
});

const integers = (...data: number[]): Constant => ({
	shape: [data.length],
	data,
	dtype: 'int32',
});

const scalar = (
	value: number,
	dtype: 'int32' | 'float32' = 'int32',
): Constant => ({
	shape: [],
	data: [value],
	dtype,
});

const base64 = (value: string) => base64Encode(new TextEncoder().encode(value));

const text = (value: string) => ({s: base64(value)});
const list = (...values: number[]) => ({list: {i: values.map(String)}});
const flag = (b: boolean) => ({b});
const number = (i: number) => ({i: String(i)});

const moving = (padding: string, stride = 1, dilation = 1) => ({
	padding: text(padding),
	strides: list(1, stride, stride, 1),
	dilations: list(1, dilation, dilation, 1),
	data_format: text('NHWC'),
});

type Case = {
	readonly shape?: Shape;
	readonly constants?: Readonly<Record<string, Constant>>;
	readonly nodes: readonly GraphNode[];
};

/** One node that reads `x` and then the constants. */
const one = (
	op: string,
	constants: Readonly<Record<string, Constant>> = {},
	attr: GraphNode['attr'] = {},
	shape?: Shape,
): Case => ({
	shape,
	constants,
	nodes: [{name: 'y', op, input: ['x', ...Object.keys(constants)], attr}],
});

const fused = (...operations: string[]) => ({
	fused_ops: {list: {s: operations.map((operation) => base64(operation))}},
});

const kernel = floats([3, 3, 4, 5]);

/** A transposed convolution that makes a picture of this size. */
const backprop = (
	size: number,
	height: number,
	width: number,
	padding: string,
): Case => ({
	constants: {
		sizes: integers(1, height, width, 3),
		kernel: floats([size, size, 3, 4]),
	},
	nodes: [
		{
			name: 'y',
			op: 'Conv2DBackpropInput',
			input: ['sizes', 'kernel', 'x'],
			attr: moving(padding, 2),
		},
	],
});

const pairs = (...data: number[]): Constant => ({
	shape: [2, 2],
	data,
	dtype: 'int32',
});

/** What TensorFlow makes of a convolution that is dilated by 4 down and by 3 to the right. */
const dilated = (op: string, between: readonly GraphNode[] = []): Case => ({
	constants: {
		block: integers(4, 3),
		padding: pairs(4, 6, 3, 4),
		crops: pairs(0, 2, 0, 1),
		kernel: floats(op === 'Conv2D' ? [3, 3, 4, 5] : [3, 3, 4, 1]),
	},
	nodes: [
		{name: 'phases', op: 'SpaceToBatchND', input: ['x', 'block', 'padding']},
		{name: 'conv', op, input: ['phases', 'kernel'], attr: moving('VALID')},
		...between,
		{
			name: 'y',
			op: 'BatchToSpaceND',
			input: [between.at(-1)?.name ?? 'conv', 'block', 'crops'],
		},
	],
});

const resizing = (op: string, height: number, width: number) => {
	const to = (
		name: string,
		corners: boolean,
		halfPixels: boolean,
	): [string, Case] => [
		`${op} to ${height}x${width}, ${name}`,
		one(
			op,
			{size: integers(height, width)},
			{align_corners: flag(corners), half_pixel_centers: flag(halfPixels)},
		),
	];
	return Object.fromEntries([
		to('corners aligned', true, false),
		to('half pixels', false, true),
		to('corners', false, false),
	]);
};

const unary = (...operations: string[]) =>
	Object.fromEntries(operations.map((op) => [op, one(op)]));

const cases: Readonly<Record<string, Case>> = {
	'Conv2D, same': one('Conv2D', {kernel}, moving('SAME', 2)),
	'Conv2D, valid': one('Conv2D', {kernel}, moving('VALID', 1, 2)),
	'Conv2D, explicit': one(
		'Conv2D',
		{kernel},
		{
			...moving('EXPLICIT'),
			explicit_paddings: list(0, 0, 1, 2, 0, 1, 0, 0),
		},
	),
	DepthwiseConv2dNative: one(
		'DepthwiseConv2dNative',
		{kernel: floats([3, 3, 4, 2])},
		moving('SAME', 2),
	),
	FusedDepthwiseConv2dNative: one(
		'FusedDepthwiseConv2dNative',
		{kernel: floats([3, 3, 4, 1]), bias: floats([4])},
		{...moving('SAME'), ...fused('BiasAdd', 'Relu6'), num_args: number(1)},
	),
	...Object.fromEntries(
		['Relu', 'Relu6', 'Elu', 'Sigmoid', 'LeakyRelu'].map((activation) => [
			`_FusedConv2D with ${activation}`,
			one(
				'_FusedConv2D',
				{kernel, bias: floats([5])},
				{
					...moving('SAME'),
					...fused('BiasAdd', activation),
					num_args: number(1),
					leakyrelu_alpha: {f: 0.3},
				},
			),
		]),
	),
	'_FusedConv2D with Prelu': one(
		'_FusedConv2D',
		{kernel, bias: floats([5]), slope: floats([5], 8)},
		{...moving('SAME'), ...fused('BiasAdd', 'Prelu'), num_args: number(2)},
	),
	'_FusedConv2D with a bias': one(
		'_FusedConv2D',
		{kernel, bias: floats([5])},
		{
			...moving('VALID'),
			...fused('BiasAdd'),
			num_args: number(1),
		},
	),
	'Conv2D between SpaceToBatchND and BatchToSpaceND': dilated('Conv2D'),
	'DepthwiseConv2dNative and Relu between them': dilated(
		'DepthwiseConv2dNative',
		[{name: 'relu', op: 'Relu', input: ['conv']}],
	),
	'Conv2DBackpropInput, usual': backprop(3, 12, 16, 'SAME'),
	'Conv2DBackpropInput, one less': backprop(3, 11, 15, 'SAME'),
	'Conv2DBackpropInput, small kernel': backprop(1, 12, 16, 'SAME'),
	'Conv2DBackpropInput, even kernel': backprop(4, 11, 16, 'SAME'),
	'Conv2DBackpropInput, valid': backprop(3, 14, 17, 'VALID'),
	MatMul: one(
		'MatMul',
		{b: floats([5, 7])},
		{transpose_a: flag(false), transpose_b: flag(true)},
		[1, 7],
	),
	_FusedMatMul: one(
		'_FusedMatMul',
		{b: floats([7, 5]), bias: floats([5])},
		{
			...fused('BiasAdd', 'Relu'),
			transpose_a: flag(false),
			transpose_b: flag(false),
			num_args: number(1),
		},
		[1, 7],
	),
	BatchMatMulV2: one(
		'BatchMatMulV2',
		{b: floats([2, 5, 4])},
		{adj_x: flag(false), adj_y: flag(true)},
		[2, 3, 4],
	),
	BiasAdd: one('BiasAdd', {b: floats([4])}),
	'AddV2 of a picture': one('AddV2', {b: floats([6, 8, 4])}),
	'Mul by rows': one('Mul', {b: floats([8, 1])}),
	RealDiv: one('RealDiv', {b: positives([4])}),
	Sub: one('Sub', {b: scalar(0.3, 'float32')}),
	Maximum: one('Maximum', {b: floats([4])}),
	Minimum: one('Minimum', {b: floats([1, 1, 1, 4])}),
	SquaredDifference: one('SquaredDifference', {b: floats([4])}),
	Prelu: one('Prelu', {b: floats([4])}),
	LeakyRelu: one('LeakyRelu', {}, {alpha: {f: 0.1}}),
	ClipByValue: one('ClipByValue', {
		low: scalar(-0.4, 'float32'),
		high: scalar(0.2, 'float32'),
	}),
	...unary(
		'Abs',
		'Asinh',
		'Atan',
		'Cosh',
		'Elu',
		'Cos',
		'Erf',
		'Exp',
		'Floor',
		'Identity',
		'Neg',
		'Relu',
		'Relu6',
		'Selu',
		'Round',
		'Sigmoid',
		'Sinh',
		'Softmax',
		'Sin',
		'Softplus',
		'Square',
		'Tan',
		'Tanh',
	),
	...Object.fromEntries(
		['Acos', 'Asin', 'Atanh'].map((op) => [
			op,
			{
				nodes: [
					{name: 'half', op: 'Mul', input: ['x', 'factor']},
					{name: 'y', op, input: ['half']},
				],
				constants: {factor: scalar(0.5, 'float32')},
			},
		]),
	),
	FloorMod: one('FloorMod', {b: scalar(0.3, 'float32')}),
	Cumsum: one(
		'Cumsum',
		{axis: scalar(2)},
		{exclusive: flag(true), reverse: flag(true)},
	),
	GatherNd: one('GatherNd', {
		indices: {shape: [2, 3], data: [0, 5, 1, 0, 0, 7], dtype: 'int32'},
	}),
	TopKV2: one('TopKV2', {count: scalar(2)}, {sorted: flag(true)}),
	TensorScatterUpdate: one(
		'TensorScatterUpdate',
		{
			indices: {shape: [2, 1], data: [5, 0], dtype: 'int32'},
			updates: floats([2, 3]),
		},
		{},
		[6, 3],
	),
	EuclideanNorm: one(
		'EuclideanNorm',
		{axes: integers(-1)},
		{keep_dims: flag(true)},
	),
	...Object.fromEntries(
		['All', 'Any'].map((op) => [
			`${op} along rows`,
			{
				constants: {zero: scalar(0, 'float32'), axes: integers(2)},
				nodes: [
					{name: 'isLarge', op: 'Greater', input: ['x', 'zero']},
					{
						name: 'judged',
						op,
						input: ['isLarge', 'axes'],
						attr: {keep_dims: flag(true)},
					},
					{name: 'y', op: 'SelectV2', input: ['judged', 'x', 'zero']},
				],
			},
		]),
	),
	'OneHot of the largest channel': {
		constants: {
			axis: scalar(3),
			depth: scalar(4),
			on: scalar(2, 'float32'),
			off: scalar(0, 'float32'),
		},
		nodes: [
			{name: 'largest', op: 'ArgMax', input: ['x', 'axis']},
			{
				name: 'y',
				op: 'OneHot',
				input: ['largest', 'depth', 'on', 'off'],
				attr: {axis: number(-1)},
			},
		],
	},
	'Rank, Size and LinSpace': {
		constants: {
			start: scalar(-1, 'float32'),
			stop: scalar(1, 'float32'),
			count: scalar(4),
		},
		nodes: [
			{name: 'rank', op: 'Rank', input: ['x']},
			{name: 'size', op: 'Size', input: ['x']},
			{name: 'sizes', op: 'Mul', input: ['rank', 'size']},
			{
				name: 'number',
				op: 'Cast',
				input: ['sizes'],
				attr: {SrcT: {type: 'DT_INT32'}, DstT: {type: 'DT_FLOAT'}},
			},
			{name: 'line', op: 'LinSpace', input: ['start', 'stop', 'count']},
			{name: 'sum', op: 'AddV2', input: ['x', 'number']},
			{name: 'y', op: 'Mul', input: ['sum', 'line']},
		],
	},
	'AddN of three': {
		constants: {b: floats([1, 6, 8, 4])},
		nodes: [
			{name: 'y', op: 'AddN', input: ['x', 'b', 'x'], attr: {N: number(3)}},
		],
	},
	Rsqrt: {
		nodes: [
			{name: 'exp', op: 'Exp', input: ['x']},
			{name: 'y', op: 'Rsqrt', input: ['exp']},
		],
	},
	FusedBatchNormV3: one(
		'FusedBatchNormV3',
		{
			scale: floats([4]),
			offset: floats([4], 6),
			mean: floats([4], 7),
			variance: positives([4]),
		},
		{epsilon: {f: 0.01}, is_training: flag(false), data_format: text('NHWC')},
	),
	'MaxPool, same': one(
		'MaxPool',
		{},
		{...moving('SAME', 2), ksize: list(1, 3, 3, 1)},
	),
	'AvgPool, same': one(
		'AvgPool',
		{},
		{...moving('SAME', 2), ksize: list(1, 3, 3, 1)},
	),
	'AvgPool over all': one(
		'AvgPool',
		{},
		{...moving('VALID', 1), ksize: list(1, 6, 8, 1)},
	),
	'Mean over the picture': one(
		'Mean',
		{axes: integers(1, 2)},
		{keep_dims: flag(false)},
	),
	'Mean over the picture, kept': one(
		'Mean',
		{axes: integers(1, 2)},
		{keep_dims: flag(true)},
	),
	'Mean over channels': one(
		'Mean',
		{axes: integers(-1)},
		{keep_dims: flag(true)},
	),
	'Sum over rows': one('Sum', {axes: integers(1)}, {keep_dims: flag(false)}),
	'Max over channels': one(
		'Max',
		{axes: integers(3)},
		{keep_dims: flag(false)},
	),
	Pad: one('Pad', {
		pads: {shape: [4, 2], data: [0, 0, 1, 2, 3, 0, 0, 1], dtype: 'int32'},
	}),
	PadV2: one('PadV2', {
		pads: {shape: [4, 2], data: [0, 0, 1, 2, 3, 0, 0, 1], dtype: 'int32'},
		value: scalar(2, 'float32'),
	}),
	MirrorPad: one(
		'MirrorPad',
		{pads: {shape: [4, 2], data: [0, 0, 1, 2, 3, 0, 0, 0], dtype: 'int32'}},
		{mode: text('REFLECT')},
	),
	'MirrorPad with the border twice': one(
		'MirrorPad',
		{pads: {shape: [4, 2], data: [0, 0, 1, 2, 3, 0, 0, 0], dtype: 'int32'}},
		{mode: text('SYMMETRIC')},
	),
	...resizing('ResizeBilinear', 12, 11),
	...resizing('ResizeBilinear', 3, 5),
	...resizing('ResizeNearestNeighbor', 12, 16),
	...resizing('ResizeNearestNeighbor', 9, 5),
	'ConcatV2 of channels': {
		constants: {b: floats([1, 6, 8, 2]), axis: scalar(-1)},
		nodes: [
			{
				name: 'y',
				op: 'ConcatV2',
				input: ['x', 'b', 'axis'],
				attr: {N: number(2)},
			},
		],
	},
	'Split, the second half': {
		constants: {axis: scalar(3)},
		nodes: [
			{
				name: 'split',
				op: 'Split',
				input: ['axis', 'x'],
				attr: {num_split: number(2)},
			},
			{name: 'y', op: 'Relu', input: ['split:1']},
		],
	},
	'StridedSlice with masks': one(
		'StridedSlice',
		{
			begin: integers(0, 1, 6, 2),
			end: integers(0, -1, 0, 3),
			strides: integers(1, 2, -2, 1),
		},
		{
			begin_mask: number(1),
			end_mask: number(1),
			ellipsis_mask: number(0),
			new_axis_mask: number(0),
			shrink_axis_mask: number(0),
		},
	),
	// With steps beside it, TensorFlow.js itself reads the wrong elements.
	'StridedSlice of one column': one(
		'StridedSlice',
		{
			begin: integers(0, 1, -2, 0),
			end: integers(1, 5, -1, 4),
			strides: integers(1, 1, 1, 1),
		},
		{
			begin_mask: number(0),
			end_mask: number(0),
			ellipsis_mask: number(0),
			new_axis_mask: number(0),
			shrink_axis_mask: number(4),
		},
	),
	'StridedSlice with an ellipsis': one(
		'StridedSlice',
		{
			begin: integers(0, 0, 1),
			end: integers(0, 0, 3),
			strides: integers(1, 1, 1),
		},
		{
			begin_mask: number(0),
			end_mask: number(0),
			ellipsis_mask: number(1),
			new_axis_mask: number(2),
			shrink_axis_mask: number(0),
		},
		[2, 5],
	),
	Slice: one('Slice', {
		begin: integers(0, 1, 2, 1),
		size: integers(1, 3, -1, 2),
	}),
	'Reshape and MatMul': {
		constants: {shape: integers(1, -1), b: floats([192, 3])},
		nodes: [
			{name: 'flat', op: 'Reshape', input: ['x', 'shape']},
			{
				name: 'y',
				op: 'MatMul',
				input: ['flat', 'b'],
				attr: {transpose_a: flag(false), transpose_b: flag(false)},
			},
		],
	},
	'a dense layer of channels, over rows of pixels': {
		constants: {
			rows: integers(-1, 4),
			b: floats([4, 3]),
			bias: floats([3]),
			back: integers(1, 6, 8, 3),
		},
		nodes: [
			{name: 'flat', op: 'Reshape', input: ['x', 'rows']},
			{
				name: 'product',
				op: '_FusedMatMul',
				input: ['flat', 'b', 'bias'],
				attr: {
					...fused('BiasAdd', 'Relu'),
					transpose_a: flag(false),
					transpose_b: flag(false),
					num_args: number(1),
				},
			},
			{name: 'y', op: 'Reshape', input: ['product', 'back']},
		],
	},
	'a product of rows of pixels that does not become a picture again': {
		constants: {
			rows: integers(-1, 4),
			b: floats([3, 4]),
			c: floats([4, 2]),
			axis: scalar(1),
			back: integers(6, -1),
		},
		nodes: [
			{name: 'flat', op: 'Reshape', input: ['x', 'rows']},
			{
				name: 'turned',
				op: 'MatMul',
				input: ['flat', 'b'],
				attr: {transpose_a: flag(false), transpose_b: flag(true)},
			},
			{
				name: 'product',
				op: 'MatMul',
				input: ['flat', 'c'],
				attr: {transpose_a: flag(false), transpose_b: flag(false)},
			},
			{
				name: 'both',
				op: 'ConcatV2',
				input: ['turned', 'product', 'axis'],
				attr: {N: number(2)},
			},
			{name: 'y', op: 'Reshape', input: ['both', 'back']},
		],
	},
	'Reshape by the shape of a picture': {
		constants: {
			begin: integers(1),
			end: integers(2),
			strides: integers(1),
			batch: scalar(1),
			rest: scalar(-1),
		},
		nodes: [
			{
				name: 'shape',
				op: 'Shape',
				input: ['x'],
				attr: {out_type: {type: 'DT_INT32'}},
			},
			{
				name: 'height',
				op: 'StridedSlice',
				input: ['shape', 'begin', 'end', 'strides'],
				attr: {
					shrink_axis_mask: number(1),
					begin_mask: number(0),
					end_mask: number(0),
					ellipsis_mask: number(0),
					new_axis_mask: number(0),
				},
			},
			{
				name: 'target',
				op: 'Pack',
				input: ['batch', 'height', 'rest'],
				attr: {N: number(3), axis: number(0)},
			},
			{name: 'y', op: 'Reshape', input: ['x', 'target']},
		],
	},
	'Transpose to channels first and back': {
		constants: {
			first: integers(0, 3, 1, 2),
			last: integers(0, 2, 3, 1),
			kernel,
		},
		nodes: [
			{name: 'nchw', op: 'Transpose', input: ['x', 'first']},
			{name: 'relu', op: 'Relu', input: ['nchw']},
			{name: 'nhwc', op: 'Transpose', input: ['relu', 'last']},
			{
				name: 'y',
				op: 'Conv2D',
				input: ['nhwc', 'kernel'],
				attr: moving('SAME'),
			},
		],
	},
	'Transpose of rows and columns': one('Transpose', {
		perm: integers(0, 2, 1, 3),
	}),
	'Squeeze and ExpandDims': {
		constants: {axes: integers(1), axis: scalar(1)},
		nodes: [
			{
				name: 'max',
				op: 'Max',
				input: ['x', 'axes'],
				attr: {keep_dims: flag(true)},
			},
			{
				name: 'squeezed',
				op: 'Squeeze',
				input: ['max'],
				attr: {squeeze_dims: list(1)},
			},
			{name: 'y', op: 'ExpandDims', input: ['squeezed', 'axis']},
		],
	},
	DepthToSpace: one(
		'DepthToSpace',
		{},
		{block_size: number(2), data_format: text('NHWC')},
	),
	'GatherV2 of channels': one(
		'GatherV2',
		{indices: integers(2, 0, 3), axis: scalar(3)},
		{batch_dims: number(0)},
	),
	Tile: one('Tile', {repeats: integers(1, 2, 1, 3)}),
	'BroadcastTo of channels': one(
		'BroadcastTo',
		{wanted: integers(1, 6, 8, 4)},
		{},
		[1, 1, 1, 4],
	),
	ReverseV2: one('ReverseV2', {axes: integers(1, -1)}),
	LRN: one(
		'LRN',
		{},
		{
			depth_radius: number(2),
			bias: {f: 1},
			alpha: {f: 0.5},
			beta: {f: 0.75},
		},
	),
	Prod: one('Prod', {axes: integers(3)}, {keep_dims: flag(false)}),
	'Pack and Unpack': {
		nodes: [
			{
				name: 'rows',
				op: 'Unpack',
				input: ['x'],
				attr: {axis: number(1), num: number(6)},
			},
			{
				name: 'y',
				op: 'Pack',
				input: ['rows:2', 'rows'],
				attr: {N: number(2), axis: number(2)},
			},
		],
	},
	'ones and zeros of a shape': {
		constants: {},
		nodes: [
			{name: 'ones', op: 'OnesLike', input: ['x']},
			{name: 'zeros', op: 'ZerosLike', input: ['x']},
			{name: 'less', op: 'Sub', input: ['x', 'ones']},
			{name: 'same', op: 'AddV2', input: ['less', 'zeros']},
		],
	},
	'arithmetic of sizes for a resize': {
		constants: {
			begin: integers(1),
			end: integers(3),
			strides: integers(1),
			two: scalar(2),
		},
		nodes: [
			{
				name: 'shape',
				op: 'Shape',
				input: ['x'],
				attr: {out_type: {type: 'DT_INT32'}},
			},
			{
				name: 'size',
				op: 'StridedSlice',
				input: ['shape', 'begin', 'end', 'strides'],
				attr: {
					shrink_axis_mask: number(0),
					begin_mask: number(0),
					end_mask: number(0),
					ellipsis_mask: number(0),
					new_axis_mask: number(0),
				},
			},
			{name: 'doubled', op: 'Mul', input: ['size', 'two']},
			{
				name: 'y',
				op: 'ResizeBilinear',
				input: ['x', 'doubled'],
				attr: {align_corners: flag(false), half_pixel_centers: flag(true)},
			},
		],
	},
};

const usual: Shape = [1, 6, 8, 4];

describe('a graph-model', () => {
	test.each(Object.entries(cases))(
		'of %s answers as in TensorFlow.js',
		async (_, {shape = usual, constants = {}, nodes}) => {
			const stored = makeGraph(shape, constants, nodes);
			const input = {
				shape,
				data: sampleData(
					shape.reduce((a, b) => a * b, 1),
					42,
				),
			};
			const expected = await runGraph(stored, input);
			for (const runtime of runtimeNames) {
				// eslint-disable-next-line no-await-in-loop -- both runtimes use all of the machine
				const found = await answer(decode(stored), input, runtime);
				expect(differenceOf(found, expected), runtime).toBeLessThan(1e-5);
			}
		},
	);

	test('runs without turning pictures but where the image comes in', () => {
		const {constants = {}, nodes} =
			cases['Transpose to channels first and back'];
		const graph = graphOf(decode(makeGraph(usual, constants, nodes)), usual);
		expect(graph.nodes.map(({opType}) => opType)).toEqual([
			'Transpose',
			'Relu',
			'Conv',
		]);
	});

	test('has dense layers of channels as convolutions, so that a pixel depends on few others', () => {
		const {constants = {}, nodes} =
			cases['a dense layer of channels, over rows of pixels'];
		const graph = graphOf(decode(makeGraph(usual, constants, nodes)), usual);
		expect(graph.nodes.map(({opType}) => opType)).toEqual([
			'Transpose',
			'Conv',
			'Relu',
			// The output keeps its name.
			'Identity',
		]);
	});

	test('has the complementary error function, which TensorFlow.js lacks', async () => {
		const model = decode(makeGraph([3], {}, one('Erfc').nodes));
		const data = Float32Array.of(0, 1, -0.5);
		const found = await answer(model, {shape: [3], data}, 'onnxruntime');
		const expected = Float32Array.of(1, 0.157_299_21, 1.520_499_88);
		expect(differenceOf(found, expected)).toBeLessThan(1e-6);
	});

	test('has indices of the type that constants beside them have', async () => {
		const model = decode(
			makeGraph(usual, {axis: scalar(3), one: scalar(1), count: scalar(2)}, [
				{name: 'largest', op: 'ArgMax', input: ['x', 'axis']},
				{name: 'is one', op: 'Equal', input: ['largest', 'one']},
				{name: 'top', op: 'TopKV2', input: ['x', 'count']},
				{name: 'odd', op: 'FloorMod', input: ['top:1', 'count']},
				{name: 'is odd', op: 'Equal', input: ['odd', 'one']},
				{name: 'flag', op: 'ExpandDims', input: ['is one', 'axis']},
				{name: 'y', op: 'LogicalAnd', input: ['flag', 'is odd']},
			]),
		);
		const input = {shape: usual, data: sampleData(192, 42)};
		const [found, expected] = await Promise.all(
			runtimeNames.map(async (runtime) => answer(model, input, runtime)),
		);
		expect(found).toContain(1);
		expect(found).toEqual(expected);
	});

	test('adds up what is scattered to one place', async () => {
		const stored = makeGraph(
			[3, 1],
			{
				indices: {shape: [3, 1], data: [2, 0, 2], dtype: 'int32'},
				sizes: integers(4, 1),
			},
			[{name: 'y', op: 'ScatterNd', input: ['indices', 'x', 'sizes']}],
		);
		const input = {shape: [3, 1], data: Float32Array.of(1, 2, 4)};
		const found = await answer(decode(stored), input, 'onnxruntime');
		expect([...found]).toEqual([2, 0, 5, 0]);
	});

	test('passes on what only checks or names a value', async () => {
		const stored = makeGraph([3], {}, [
			{name: 'known', op: 'EnsureShape', input: ['x']},
			{name: 'both', op: 'IdentityN', input: ['x', 'known']},
			{name: 'y', op: 'CheckNumerics', input: ['both:1']},
		]);
		const data = Float32Array.of(0, 1, -0.5);
		const found = await answer(decode(stored), {shape: [3], data}, 'wasm');
		expect(found).toEqual(data);
	});

	test('has sums of products, which TensorFlow.js has not everywhere', async () => {
		const weights = floats([4, 3]);
		const einsum = one('Einsum', {weights}, {equation: text('bhwc,co->bhwo')});
		const conv = one(
			'Conv2D',
			{kernel: {...weights, shape: [1, 1, 4, 3]}},
			moving('SAME'),
		);
		const input = {shape: usual, data: sampleData(192, 42)};
		const [found, expected] = await Promise.all(
			[einsum, conv].map(async ({constants = {}, nodes}) =>
				answer(decode(makeGraph(usual, constants, nodes)), input, 'wasm'),
			),
		);
		expect(differenceOf(found, expected)).toBeLessThan(1e-5);
	});

	test('may have a bias of four axes, as converters write it', () => {
		const biasOf = (shape: Shape) => {
			const {constants = {}, nodes} = one(
				'_FusedConv2D',
				{kernel, bias: floats(shape)},
				{...moving('SAME'), ...fused('BiasAdd'), num_args: number(1)},
			);
			const graph = graphOf(decode(makeGraph(usual, constants, nodes)), usual);
			const conv = graph.nodes.find(({opType}) => opType === 'Conv')!;
			return graph.constants.get(conv.inputs[2]);
		};

		expect(biasOf([1, 1, 1, 5])).toEqual(biasOf([5]));
	});

	test('may have another branch as the bias of a convolution, as where grappler fuses a sum', async () => {
		const constants = {kernel, other: floats([1, 1, 4, 5])};
		const branch: GraphNode = {
			name: 'branch',
			op: 'Conv2D',
			input: ['x', 'other'],
			attr: moving('SAME'),
		};
		const fusedInto: GraphNode = {
			name: 'y',
			op: '_FusedConv2D',
			input: ['x', 'kernel', 'branch'],
			attr: {...moving('SAME'), ...fused('BiasAdd', 'Relu')},
		};
		const added: readonly GraphNode[] = [
			{...branch, name: 'main', input: ['x', 'kernel']},
			{name: 'sum', op: 'AddV2', input: ['main', 'branch']},
			{name: 'y', op: 'Relu', input: ['sum']},
		];
		const input = {shape: usual, data: sampleData(192, 42)};
		const [found, expected] = await Promise.all(
			[[fusedInto], added].map(async (nodes) => {
				const stored = makeGraph(usual, constants, [branch, ...nodes]);
				return answer(decode(stored), input, 'onnxruntime');
			}),
		);
		expect(differenceOf(found, expected)).toBeLessThan(1e-6);
	});

	test('may have weights of 16 bits', () => {
		const {nodes} = one('BiasAdd', {b: floats([4])});
		const data = [0.5, -2, 1, 0];
		const {json, shard} = makeGraph(usual, {b: {shape: [4], data}}, nodes);
		const quantization = {dtype: 'float16', original_dtype: 'float32'} as const;
		const weights = json.weightsManifest.flatMap((group) =>
			group.weights.map((weight) => ({...weight, quantization})),
		);
		const halves = {
			json: {...json, weightsManifest: [{paths: ['shard'], weights}]},
			shard: new Uint8Array(
				Uint16Array.of(0x38_00, 0xc0_00, 0x3c_00, 0).buffer,
			),
		};
		expect(decode(halves).constants).toEqual(decode({json, shard}).constants);
	});

	test('may have texts among its weights, for assertions', () => {
		const text: Constant = {
			shape: [2],
			data: [2, 0, 0, 0, 104, 105, 0, 0, 0, 0],
			dtype: 'string',
		};
		const b = floats([4]);
		const stored = makeGraph(usual, {text, b}, one('BiasAdd', {b}).nodes);
		expect([...decode(stored).constants.keys()]).toEqual(['b']);
		const cut = {...stored, shard: stored.shard.subarray(0, 9)};
		expect(() => decode(cut)).toThrow(/are too short: 9 bytes/v);
	});

	test('is called what its nodes are named after', () => {
		const scope = 'StatefulPartitionedCall/mobilenet_1.00_224_1';
		const stored = makeGraph(usual, {}, [
			{name: `${scope}/relu`, op: 'Relu', input: ['x']},
			{name: `${scope}/neg`, op: 'Neg', input: [`${scope}/relu`]},
		]);
		expect(decode(stored).name).toBe('mobilenet_1.00_224_1');
		expect(decode(makeGraph(usual, {}, one('Relu').nodes)).name).toBe(
			'graph-model',
		);
	});

	test('names its weights by what is read, not by what it claims', () => {
		const stored = makeGraph(
			usual,
			{b: floats([4])},
			one('BiasAdd', {b: floats([4])}).nodes,
		);
		expect(() =>
			decode({...stored, shard: stored.shard.subarray(0, 12)}),
		).toThrow(
			/^The weights in "shard" are too short: 12 bytes where the model lists 16; get a fresh copy/v,
		);
		expect(() => decode({...stored, shard: new Uint8Array(20)})).toThrow(
			/too long: 20 bytes/v,
		);
	});
});

test.each(runtimeNames)(
	'a layer normalisation that Keras 2 writes as one of batches is read on %s',
	async (runtime) => {
		const constant = (value: number): Constant => ({
			shape: [48],
			data: Array.from({length: 48}, () => value),
		});
		const stored = makeGraph(
			usual,
			{
				rows: integers(1, 48, 4, 1),
				whole: integers(...usual),
				ones: constant(1),
				zeros: constant(0),
				none: {shape: [0], data: []},
			},
			[
				{name: 'flat', op: 'Reshape', input: ['x', 'rows']},
				{
					name: 'normal',
					op: 'FusedBatchNormV3',
					input: ['flat', 'ones', 'zeros', 'none', 'none'],
					attr: {
						data_format: text('NCHW'),
						epsilon: {f: 0.001},
						is_training: flag(true),
					},
				},
				{name: 'y', op: 'Reshape', input: ['normal', 'whole']},
			],
		);
		const input = {shape: usual, data: sampleData(192)};
		const expected = input.data.map((value, at) => {
			const start = at - (at % 4);
			const row = [...input.data.subarray(start, start + 4)];
			const average = (numbers: readonly number[]) =>
				numbers.reduce((sum, each) => sum + each, 0) / 4;
			const mean = average(row);
			const variance = average(row.map((each) => (each - mean) ** 2));
			return (value - mean) / Math.sqrt(variance + 0.001);
		});
		const found = await answer(decode(stored), input, runtime);
		expect(differenceOf(found, expected)).toBeLessThan(1e-5);
	},
);

describe('a graph-model that cannot be read', () => {
	const broken =
		(node: Partial<GraphNode>): (() => unknown) =>
		() =>
			graphOf(
				decode(
					makeGraph(usual, {}, [
						{name: 'y', op: 'Relu', input: ['x'], ...node},
					]),
				),
				usual,
			);

	test.each<[string, Partial<GraphNode>, RegExp]>([
		[
			'control flow',
			{op: 'StatelessWhile'},
			/^Node y is the operator StatelessWhile of TensorFlow, which is control flow/v,
		],
		[
			'an old switch',
			{op: 'RefSwitch'},
			/Switch of TensorFlow, which is control flow/v,
		],
		['boxes', {op: 'NonMaxSuppressionV4'}, /picks boxes.*--output/v],
		[
			'an unknown operator',
			{op: 'FFT'},
			/is the operator FFT of TensorFlow, which is not known; these are: .*Conv2D/v,
		],
		[
			'a value that nothing writes',
			{input: ['z']},
			/"z" is read but nothing writes it/v,
		],
		[
			'channels first',
			{op: 'MaxPool', attr: {...moving('SAME'), data_format: text('NCHW')}},
			/channels first; convert the model again/v,
		],
		[
			'a size that the network computes',
			{op: 'Reshape', input: ['x', 'x']},
			/^Node y: the shape \(x\) is computed while the network runs; export/v,
		],
	])('says what is wrong with %s', (_, node, message) => {
		expect(broken(node)).toThrow(ModelError);
		expect(broken(node)).toThrow(message);
	});

	test('names a node of a loop, as TensorFlow 1 has it', () => {
		const stored = makeGraph(usual, {}, [
			{name: 'begin', op: 'Merge', input: ['x', 'again']},
			{name: 'again', op: 'NextIteration', input: ['end']},
			{name: 'end', op: 'Relu', input: ['begin']},
		]);
		expect(() => graphOf(decode(stored), usual)).toThrow(
			/^Node \w+ is the operator \w+ of TensorFlow, which is control flow/v,
		);
	});

	test.each<[string, readonly GraphNode[], RegExp]>([
		[
			'sees the phases of a picture',
			[{name: 'z', op: 'Transpose', input: ['conv', 'order']}],
			/^Node z \(Transpose\) comes between SpaceToBatchND and BatchToSpaceND/v,
		],
		[
			'joins pictures of a batch',
			[{name: 'z', op: 'BatchToSpaceND', input: ['x', 'block', 'crops']}],
			/^Node z puts the pictures of a batch together, which SpaceToBatchND did not/v,
		],
	])('says which node %s', (_, between, message) => {
		const {constants, nodes} = dilated('Conv2D', between);
		const order = integers(0, 3, 1, 2);
		const stored = makeGraph(usual, {...constants, order}, nodes);
		expect(() => graphOf(decode(stored), usual)).toThrow(message);
	});

	test('says which weights are missing from the list', () => {
		const stored = makeGraph(
			usual,
			{b: floats([4])},
			one('BiasAdd', {b: floats([4])}).nodes,
		);
		expect(() =>
			decode({
				json: {...stored.json, weightsManifest: []},
				shard: stored.shard,
			}),
		).toThrow(
			/^The weights "b" are in the graph, but not in the list of weights/v,
		);
	});
});
