import {describe, expect, test} from 'vitest';
import {readNetwork} from '../../../source/formats/keras/network.js';
import {readTopology} from '../../../source/formats/keras/topology.js';
import {answer} from '../answer.js';

/** A model of Keras 2 whose one operation has these inbound nodes. */
const model = (name: string, call: unknown) =>
	readNetwork({
		topology: readTopology('Functional', {
			name: 'model',
			layers: [
				{
					class_name: 'InputLayer',
					name: 'image',
					config: {name: 'image', batch_input_shape: [null, 1, 2, 2]},
					inbound_nodes: [],
				},
				{
					class_name: 'TFOpLambda',
					name: 'operation',
					config: {name: 'operation', function: name},
					inbound_nodes: [call],
				},
			],
			input_layers: [['image', 0, 0]],
			output_layers: [['operation', 0, 0]],
		}),
		isKeras3: false,
		backend: 'tensorflow',
		findWeight: () => undefined,
	});

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
	])('%s', async (_, name, call, expected) => {
		const found = await answer(model(name, call), input, 'wasm');
		expect([...found]).toEqual(expected);
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
