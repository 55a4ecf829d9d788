import {describe, expect, test} from 'vitest';
import {ModelError} from '../../../source/errors.js';
import {normalise} from '../../../source/formats/normalise/normalise.js';
import {numbersOf, tensorOf} from '../../../source/graph/tensor.js';
import {
	buildGraph,
	buildModel,
	node,
	randomTensor,
	type Description,
} from '../../graph/build.js';

const image = {image: [1, 2, 4, 6]} as const;

const operators = (description: Description) =>
	buildGraph(description).nodes.map(({opType}) => opType);

/** What input `index` of the only node holds. */
const inputOf = (description: Description, index: number) => {
	const graph = buildGraph(description);
	expect(graph.nodes).toHaveLength(1);
	const name = graph.nodes[0].inputs[index];
	return name ? numbersOf(graph.constants.get(name)!) : undefined;
};

describe('a network for one input size', () => {
	test('has no Identity and no Dropout, and shape arithmetic is folded', () => {
		const graph = buildGraph({
			inputs: image,
			nodes: [
				node('Dropout', ['image'], ['kept', 'mask']),
				node('Identity', ['kept'], 'same'),
				node('Shape', ['same'], 'shape'),
				node('Gather', ['shape', 'first'], 'batch'),
				node('Unsqueeze', ['batch', 'axis'], 'list'),
				node('Concat', ['list', 'rest'], 'target', {axis: 0}),
				node('Reshape', ['same', 'target'], 'output'),
			],
			constants: {
				first: tensorOf('int64', [0], []),
				axis: tensorOf('int64', [0]),
				rest: tensorOf('int64', [-1]),
			},
		});
		expect(graph.nodes.map(({opType}) => opType)).toEqual(['Reshape']);
		expect(graph.nodes[0].inputs[0]).toBe('image');
		expect(graph.values.get('output')!.shape).toEqual([1, 48]);
		expect([...graph.constants.keys()]).toEqual(['target']);
	});

	test('keeps the names of its outputs', () => {
		const graph = buildGraph({
			inputs: image,
			nodes: [
				node('Relu', ['image'], 'relu'),
				node('Identity', ['relu'], 'output:0'),
			],
		});
		expect(graph.outputs).toEqual(['output:0']);
		expect(graph.nodes.at(-1)!.outputs).toEqual(['output:0']);
	});

	test('is in an order that can run, whatever the order in the file', () => {
		expect(
			operators({
				inputs: image,
				outputs: ['c'],
				nodes: [
					node('Sigmoid', ['b'], 'c'),
					node('Relu', ['image'], 'a'),
					node('Exp', ['a'], 'b'),
				],
			}),
		).toEqual(['Relu', 'Exp', 'Sigmoid']);
	});

	test('names an operator that is not known, and the last value before it where a node writes that', () => {
		const unknown =
			(...names: string[]) =>
			() =>
				operators({
					inputs: image,
					outputs: ['b'],
					nodes: [node('Relu', ['image'], 'a'), node('Frobnicate', names, 'b')],
				});
		expect(unknown('image', 'a')).toThrow(
			/Frobnicate, which is not known; explain the last value before it with --output a, or write/v,
		);
		expect(unknown('image')).toThrow(/Frobnicate, which is not known; write/v);
	});

	test('says of operators that one program has which program, and what to explain instead', () => {
		const foreign = (opType: string) => () =>
			operators({
				inputs: image,
				nodes: [node('Relu', ['image'], 'a'), node(opType, ['a'], 'b')],
			});
		expect(foreign('mmdeploy.Frobnicate')).toThrow(
			/mmdeploy\.Frobnicate, which only one program knows; explain the last value before it with --output a, or export/v,
		);
		expect(foreign('com.microsoft.QLinearAdd')).toThrow(/8-bit integers/v);
		expect(foreign('com.microsoft.nchwc.Conv')).toThrow(
			/before onnxruntime optimised it/v,
		);
	});

	test('takes bytes as floats, so that a derivative reaches them', () => {
		const model = buildModel({
			inputs: image,
			nodes: [node('Cast', ['image'], 'float', {to: 1})],
		});
		const graph = normalise(
			{...model, inputs: [{...model.inputs[0], type: 'uint8'}]},
			{shapes: new Map([['image', image.image]])},
		);
		expect(graph.inputs[0].type).toBe('float32');
	});

	test('has no Cast to the type that is there already', () => {
		const model = buildModel({
			inputs: image,
			nodes: [
				node('Cast', ['image'], 'float', {to: 1}),
				node('Relu', ['float'], 'relu'),
				node('Cast', ['relu'], 'half', {to: 10}),
				node('Cast', ['half'], 'whole', {to: 7}),
			],
		});
		expect(
			normalise(model, {
				shapes: new Map([['image', image.image]]),
			}).nodes.map(({opType, inputs}) => [opType, ...inputs]),
		).toEqual([
			['Relu', 'image'],
			['Cast', 'relu'],
		]);
	});

	test('leaves out what no output needs, even if it is not known', () => {
		expect(
			operators({
				inputs: image,
				outputs: ['a'],
				nodes: [node('Relu', ['image'], 'a'), node('Frobnicate', ['a'], 'b')],
			}),
		).toEqual(['Relu']);
	});

	test('has a BatchNormalization in the Conv before it', () => {
		const description = (outputs: string[]): Description => ({
			inputs: image,
			outputs,
			nodes: [
				node('Conv', ['image', 'weight', 'bias'], 'conv', {
					kernel_shape: [1, 1],
				}),
				node(
					'BatchNormalization',
					['conv', 'gamma', 'beta', 'mean', 'variance'],
					'output',
					{epsilon: 0},
				),
			],
			constants: {
				weight: tensorOf('float32', [1, 2, 3, 4], [2, 2, 1, 1]),
				bias: tensorOf('float32', [1, 1]),
				gamma: tensorOf('float32', [2, 3]),
				beta: tensorOf('float32', [0, 10]),
				mean: tensorOf('float32', [1, 2]),
				variance: tensorOf('float32', [4, 9]),
			},
		});
		const graph = buildGraph(description(['output']));
		expect(graph.nodes.map(({opType}) => opType)).toEqual(['Conv']);
		const [, weight, bias] = graph.nodes[0].inputs.map((name) =>
			graph.constants.get(name),
		);
		expect(numbersOf(weight!)).toEqual([1, 2, 3, 4]);
		expect(numbersOf(bias!)).toEqual([0, 9]);
		expect(operators(description(['conv', 'output']))).toEqual([
			'Conv',
			'BatchNormalization',
		]);
	});
});

describe('a bias that is added behind a Conv', () => {
	const description = (shape: number[], outputs = ['output']): Description => ({
		inputs: image,
		outputs,
		nodes: [
			node('Conv', ['image', 'weight'], 'conv', {kernel_shape: [1, 1]}),
			node('Add', ['shift', 'conv'], 'sum'),
			node('Add', ['sum', 'shift'], 'biased'),
			node('Relu', ['biased'], 'output'),
		],
		constants: {
			weight: tensorOf('float32', [1, 2, 3, 4], [2, 2, 1, 1]),
			shift: randomTensor(shape),
		},
	});

	test('is in the Conv, which writes the sum under its name', () => {
		const graph = buildGraph(description([1, 2, 1, 1]));
		expect(graph.nodes.map(({opType}) => opType)).toEqual(['Conv', 'Relu']);
		const [{inputs, outputs}] = graph.nodes;
		expect(outputs).toEqual(['biased']);
		expect(inputs[1]).toBe('weight');
		expect(numbersOf(graph.constants.get(inputs[2])!)).toEqual(
			numbersOf(randomTensor([2])).map((value) => Math.fround(2 * value)),
		);
		expect(graph.values.has('conv')).toBe(false);
	});

	test('stays where it is if it differs from place to place, or the Conv itself is wanted', () => {
		expect(operators(description([2, 4, 6]))).toHaveLength(4);
		expect(operators(description([2, 1, 1], ['conv', 'output']))).toEqual([
			'Conv',
			'Add',
			'Add',
			'Relu',
		]);
	});
});

describe('older and newer opsets', () => {
	test('Clip has its bounds as inputs', () => {
		const old = {
			opset: 7,
			inputs: image,
			nodes: [node('Clip', ['image'], 'output', {min: 0, max: 4})],
		};
		expect(inputOf(old, 1)).toEqual([0]);
		expect(inputOf(old, 2)).toEqual([4]);
	});

	test('a Clip to 0 and 6 is a ReLU6, whatever the opset', () => {
		const old = node('Clip', ['image'], 'output', {min: 0, max: 6});
		expect(operators({opset: 7, inputs: image, nodes: [old]})).toEqual([
			'Relu6',
		]);
		const bounds = {
			low: tensorOf('float32', [0], []),
			high: tensorOf('float32', [6], []),
		};
		const recent = node('Clip', ['image', 'low', 'high'], 'output');
		expect(
			operators({inputs: image, nodes: [recent], constants: bounds}),
		).toEqual(['Relu6']);
	});

	test('GridSample names its modes as opset 16 does', () => {
		const sampled = (mode: string): Description => ({
			opset: 20,
			inputs: image,
			nodes: [node('GridSample', ['image', 'grid'], 'output', {mode})],
			constants: {grid: randomTensor([1, 2, 3, 2])},
		});
		const modeOf = (mode: string) =>
			buildGraph(sampled(mode)).nodes[0].attributes.mode;
		expect(modeOf('linear')).toBe('bilinear');
		expect(modeOf('cubic')).toBe('bicubic');
		expect(() => modeOf('lanczos')).toThrow(
			'whose mode is lanczos is not known; use one of bilinear, nearest, bicubic',
		);
	});

	test('Upsample is a Resize from the corner', () => {
		const graph = buildGraph({
			opset: 9,
			inputs: image,
			nodes: [
				node('Upsample', ['image', 'scales'], 'output', {mode: 'linear'}),
			],
			constants: {scales: tensorOf('float32', [1, 1, 2, 2])},
		});
		expect(graph.nodes[0]).toMatchObject({
			opType: 'Resize',
			inputs: ['image', '', 'scales'],
			attributes: {
				mode: 'linear',
				coordinate_transformation_mode: 'asymmetric',
				nearest_mode: 'floor',
			},
		});
		expect(graph.values.get('output')!.shape).toEqual([1, 2, 8, 12]);
	});

	test('reductions have their axes as an attribute', () => {
		const graph = buildGraph({
			opset: 18,
			inputs: image,
			nodes: [node('ReduceMean', ['image', 'axes'], 'output', {keepdims: 0})],
			constants: {axes: tensorOf('int64', [2, 3])},
		});
		expect(graph.nodes[0].attributes).toEqual({axes: [2, 3], keepdims: 0});
		expect(graph.values.get('output')!.shape).toEqual([1, 2]);
	});

	test('Split, Pad, Slice, Squeeze take their numbers as inputs', () => {
		expect(
			inputOf(
				{
					opset: 11,
					inputs: image,
					outputs: ['b'],
					nodes: [
						node('Split', ['image'], ['a', 'b'], {axis: 3, split: [2, 4]}),
					],
				},
				1,
			),
		).toEqual([2, 4]);
		expect(
			inputOf(
				{
					opset: 18,
					inputs: image,
					outputs: ['b'],
					nodes: [
						node('Split', ['image'], ['a', 'b'], {axis: 2, num_outputs: 2}),
					],
				},
				1,
			),
		).toEqual([2, 2]);
		expect(
			inputOf(
				{
					opset: 18,
					inputs: image,
					nodes: [node('Pad', ['image', 'pads', '', 'axes'], 'output')],
					constants: {
						pads: tensorOf('int64', [1, 2]),
						axes: tensorOf('int64', [-1]),
					},
				},
				1,
			),
		).toEqual([0, 0, 0, 1, 0, 0, 0, 2]);
		expect(
			inputOf(
				{
					opset: 9,
					inputs: image,
					nodes: [
						node('Slice', ['image'], 'output', {
							starts: [1],
							ends: [3],
							axes: [2],
						}),
					],
				},
				3,
			),
		).toEqual([2]);
		expect(
			inputOf(
				{
					opset: 11,
					inputs: image,
					nodes: [node('Squeeze', ['image'], 'output', {axes: [0]})],
				},
				1,
			),
		).toEqual([0]);
	});

	test('an old Softmax over several axes flattens them', () => {
		const softmax = (opset: number) =>
			operators({
				opset,
				inputs: image,
				nodes: [node('Softmax', ['image'], 'output', {axis: 1})],
			});
		expect(softmax(12)).toEqual(['Reshape', 'Softmax', 'Reshape']);
		expect(softmax(13)).toEqual(['Softmax']);
	});

	test('8-bit activations are cut to their range, and 8-bit weights are floats', () => {
		const graph = buildGraph({
			opset: 13,
			inputs: image,
			nodes: [
				node('QuantizeLinear', ['image', 'step', 'zero'], 'small'),
				node('DequantizeLinear', ['small', 'step', 'zero'], 'large'),
				node('DequantizeLinear', ['bytes', 'step', 'signed'], 'weight'),
				node('Mul', ['large', 'weight'], 'output'),
			],
			constants: {
				step: tensorOf('float32', [0.5], []),
				zero: tensorOf('uint8', [0], []),
				signed: tensorOf('int8', [1], []),
				bytes: tensorOf('int8', [3], []),
			},
		});
		expect(graph.nodes.map(({opType}) => opType)).toEqual(['Clip', 'Mul']);
		const [, min, max] = graph.nodes[0].inputs;
		expect(numbersOf(graph.constants.get(min)!)).toEqual([0]);
		expect(numbersOf(graph.constants.get(max)!)).toEqual([127.5]);
		expect(numbersOf(graph.constants.get('weight')!)).toEqual([1]);
	});

	test('a quantiser that stops at 0 and 6 is no ReLU6: it passes at its bounds', () => {
		const quantised = {
			opset: 13,
			inputs: image,
			nodes: [
				node('QuantizeLinear', ['image', 'step'], 'small'),
				node('DequantizeLinear', ['small', 'step'], 'large'),
				node('Relu', ['large'], 'output'),
			],
			constants: {step: tensorOf('float32', [6 / 255], [])},
		};
		expect(operators(quantised)).toEqual(['Clip', 'Relu']);
	});
});

describe('what cannot be explained is named', () => {
	const refuse = (description: Description) => () => buildGraph(description);
	const relu = node('Relu', ['image'], 'output');

	test.each([
		[
			'an operator outside the list, with the list',
			{inputs: image, nodes: [node('Frobnicate', ['image'], 'output')]},
			/Node \/output\/Frobnicate is the operator Frobnicate, .* Abs, Acos, Add/v,
		],
		[
			'an int8 model',
			{inputs: image, nodes: [node('ConvInteger', ['image'], 'output')]},
			/8-bit integers/v,
		],
		[
			'a cycle',
			{
				inputs: image,
				nodes: [node('Add', ['image', 'b'], 'a'), node('Relu', ['a'], 'b')],
			},
			/form a cycle/v,
		],
		[
			'a value that is written twice',
			{inputs: image, nodes: [relu, relu]},
			/written by two nodes/v,
		],
		[
			'a value that nothing writes',
			{inputs: image, nodes: [node('Relu', ['elsewhere'], 'output')]},
			/"elsewhere" is read but nothing writes it/v,
		],
		[
			'shapes that do not fit',
			{
				inputs: image,
				nodes: [node('Add', ['image', 'other'], 'output')],
				constants: {other: randomTensor([5])},
			},
			/do not broadcast/v,
		],
		[
			'a bias of another size than the channels',
			{
				inputs: image,
				nodes: [node('Conv', ['image', 'weights', 'bias'], 'output')],
				constants: {
					weights: randomTensor([4, 2, 1, 1]),
					bias: randomTensor([5]),
				},
			},
			/a bias \[5\] does not fit 4 channels/v,
		],
		[
			'a BatchNormalization in training',
			{
				inputs: image,
				nodes: [
					node('BatchNormalization', ['image'], 'output', {training_mode: 1}),
				],
			},
			/as in training/v,
		],
	] as const)('%s', (_, description, message) => {
		expect(refuse(description)).toThrow(ModelError);
		expect(refuse(description)).toThrow(message);
	});

	test('an input without a size is refused', () => {
		expect(() =>
			normalise(buildModel({inputs: image, nodes: [relu]}), {
				shapes: new Map(),
			}),
		).toThrow(/"image" has no size/v);
	});
});
