import {describe, expect, test} from 'vitest';
import {readNetwork} from '../../../source/formats/keras/network.js';
import {readTopology} from '../../../source/formats/keras/topology.js';
import {answer} from '../answer.js';

const image = {
	class_name: 'InputLayer',
	name: 'image',
	config: {name: 'image', batch_input_shape: [null, 1, 2, 2]},
	inbound_nodes: [],
};

const open = (layers: readonly unknown[], isKeras3: boolean, output: unknown) =>
	readNetwork({
		topology: readTopology('Functional', {
			name: 'model',
			layers: [image, ...layers],
			input_layers: [['image', 0, 0]],
			output_layers: [output],
		}),
		isKeras3,
		backend: 'tensorflow',
		findWeight: () => undefined,
	});

/** A function of TensorFlow as Keras 2 lists it. */
const listed = (called: string, call: unknown, name = 'operation') => ({
	class_name:
		called === '__operators__.getitem' ? 'SlicingOpLambda' : 'TFOpLambda',
	name,
	config: {name, function: called},
	inbound_nodes: [call],
});

/** A model of Keras 2 whose one operation has these inbound nodes. */
const model = (name: string, call: unknown) =>
	open([listed(name, call)], false, ['operation', 0, 0]);

/** The image as Keras 3 refers to it. */
const tensor = {
	class_name: '__keras_tensor__',
	config: {shape: [null, 1, 2, 2], keras_history: ['image', 0, 0]},
};

/** A model of Keras 3 whose one operation is of this class. */
const opsModel = (
	className: string,
	config: Readonly<Record<string, unknown>>,
	args: readonly unknown[],
	{output = 0, isInModule = true} = {},
) =>
	open(
		[
			{
				...(isInModule && {module: 'keras.src.ops.numpy'}),
				class_name: className,
				name: 'operation',
				config: {name: 'operation', ...config},
				inbound_nodes: [{args, kwargs: {constant_values: null}}],
			},
		],
		true,
		['operation', 0, output],
	);

const all = {start: null, stop: null, step: null};

const input = {
	shape: [1, 1, 2, 2],
	data: Float32Array.of(1, -2, 4, 8),
};

describe('an operation that Keras 2 keeps as a layer', () => {
	test.each<[string, string, unknown, readonly number[]]>([
		[
			'adds a constant',
			'__operators__.add',
			['image', 0, 0, {y: 3, name: null}],
			[4, 1, 7, 11],
		],
		[
			'multiplies channel by channel',
			'math.multiply',
			['image', 0, 0, {y: [2, 0.5]}],
			[2, -1, 8, 4],
		],
		[
			'multiplies with a layer',
			'math.multiply',
			['image', 0, 0, {y: ['image', 0, 0]}],
			[1, 4, 16, 64],
		],
		[
			'takes a layer off a constant',
			'math.subtract',
			['_CONSTANT_VALUE', -1, 2, {y: ['image', 0, 0]}],
			[1, 4, -2, -6],
		],
		['divides', 'math.truediv', ['image', 0, 0, {y: 4}], [0.25, -0.5, 1, 2]],
		['rectifies', 'nn.relu6', ['image', 0, 0, {}], [1, 0, 4, 6]],
		[
			'reduces along axes',
			'math.reduce_mean',
			['image', 0, 0, {axis: [1, 2]}],
			[2.5, 3],
		],
		[
			'joins a list',
			'concat',
			[
				['image', 0, 0, {axis: 2}],
				['image', 0, 0, {axis: 2}],
			],
			[1, -2, 4, 8, 1, -2, 4, 8],
		],
		[
			'takes a part',
			'__operators__.getitem',
			['image', 0, 0, {slice_spec: [{class_name: '__ellipsis__'}, 1]}],
			[-2, 8],
		],
		[
			'takes a part backwards',
			'__operators__.getitem',
			['image', 0, 0, {slice_spec: [all, all, {...all, step: -1}]}],
			[4, 8, 1, -2],
		],
		[
			'reshapes',
			'reshape',
			['image', 0, 0, {shape: [-1, 2, 2, 1]}],
			[1, -2, 4, 8],
		],
		[
			'resizes to the nearest pixels',
			'image.resize',
			['image', 0, 0, {size: [1, 4], method: 'nearest'}],
			[1, -2, 1, -2, 4, 8, 4, 8],
		],
		[
			'resizes between pixels',
			'image.resize',
			['image', 0, 0, {size: [1, 3]}],
			[1, -2, 2.5, 3, 4, 8],
		],
		[
			'pads with a mirror',
			'compat.v1.pad',
			[
				'image',
				0,
				0,
				{
					paddings: [
						[0, 0],
						[0, 0],
						[1, 0],
						[0, 0],
					],
					mode: 'SYMMETRIC',
					constant_values: 0,
				},
			],
			[1, -2, 1, -2, 4, 8],
		],
	])('%s', async (_, name, call, expected) => {
		const found = await answer(model(name, call), input, 'wasm');
		expect([...found]).toEqual(expected);
	});

	test('is told a size that others compute', async () => {
		const network = open(
			[
				listed('compat.v1.shape', ['image', 0, 0, {}], 'shape'),
				listed(
					'__operators__.getitem',
					['shape', 0, 0, {slice_spec: {...all, start: 1, stop: 3}}],
					'size',
				),
				listed('math.multiply', ['size', 0, 0, {y: 2}], 'doubled'),
				listed('image.resize', [
					'image',
					0,
					0,
					{size: ['doubled', 0, 0], method: 'nearest'},
				]),
			],
			false,
			['operation', 0, 0],
		);
		const found = await answer(network, input, 'wasm');
		const row = [1, -2, 1, -2, 4, 8, 4, 8];
		expect([...found]).toEqual([...row, ...row]);
	});

	test.each<[string, string, unknown, RegExp]>([
		[
			'is unknown',
			'image.crop_to_bounding_box',
			['image', 0, 0, {}],
			/^Layer operation is the operation tf\.image\.crop_to_bounding_box, which is not known; use a layer/v,
		],
		[
			'has an argument that is unknown',
			'math.reduce_mean',
			['image', 0, 0, {keep_dims: true}],
			/^Layer operation \(tf\.math\.reduce_mean\) has the argument "keep_dims", which is not known; leave/v,
		],
		[
			'reads neither a layer nor numbers',
			'math.add',
			['image', 0, 0, {y: {class_name: 'Variable'}}],
			/^Layer operation reads \{"class_name":"Variable"\}, which is neither/v,
		],
	])('is refused where it %s', (_, name, call, message) => {
		expect(() => model(name, call)).toThrow(message);
	});
});

describe('an operation that Keras 3 keeps as a layer', () => {
	test.each<
		[
			string,
			[className: string, args: unknown[], config?: Record<string, unknown>],
			readonly number[],
		]
	>([
		['adds a number', ['Add', [tensor, 3]], [4, 1, 7, 11]],
		['takes it off a number', ['Subtract', [1, tensor]], [0, 3, -3, -7]],
		[
			'multiplies with constants',
			[
				'Multiply',
				[
					tensor,
					{
						class_name: '__numpy__',
						config: {value: [2, 0.5], dtype: 'float32'},
					},
				],
			],
			[2, -1, 8, 4],
		],
		[
			'joins a list',
			['Concatenate', [[tensor, tensor]], {axis: 2}],
			[1, -2, 4, 8, 1, -2, 4, 8],
		],
		[
			'reduces along axes',
			['Mean', [tensor], {axis: [1, 2], keepdims: false}],
			[2.5, 3],
		],
		[
			'takes a part',
			[
				'GetItem',
				[
					tensor,
					[
						{class_name: '__ellipsis__', config: {}},
						{class_name: '__slice__', config: {...all, start: 1}},
					],
				],
			],
			[-2, 8],
		],
		[
			'resizes',
			[
				'Resize',
				[tensor],
				{
					size: [1, 4],
					interpolation: 'nearest',
					antialias: false,
					fill_mode: 'constant',
					data_format: null,
				},
			],
			[1, -2, 1, -2, 4, 8, 4, 8],
		],
		[
			'transposes',
			['Transpose', [tensor], {axes: [0, 1, 3, 2]}],
			[1, 4, -2, 8],
		],
	])('%s', async (_, [className, args, config = {}], expected) => {
		const network = opsModel(className, config, args);
		const found = await answer(network, input, 'wasm');
		expect([...found]).toEqual(expected);
	});

	test('has several outputs where it splits', async () => {
		const cuts = {indices_or_sections: [1], axis: -1};
		const network = opsModel('Split', cuts, [tensor], {output: 1});
		expect([...(await answer(network, input, 'wasm'))]).toEqual([-2, 8]);
	});

	test('is told from a layer of its name where the module is left out, as in .h5 and by TensorFlow.js', async () => {
		const network = opsModel('Add', {}, [tensor, 3], {isInModule: false});
		const found = await answer(network, input, 'wasm');
		expect([...found]).toEqual([4, 1, 7, 11]);
	});

	test('is refused where it is unknown', () => {
		expect(() => opsModel('Fft', {}, [tensor])).toThrow(
			/^Layer operation is the operation keras\.ops' Fft, which is not known; use/v,
		);
	});

	test('is refused where it is told what is unknown', () => {
		const config = {size: [1, 4], antialias: true};
		expect(() => opsModel('Resize', config, [tensor])).toThrow(
			/^Layer operation \(keras\.ops' Resize\) has the argument "antialias"/v,
		);
	});
});
