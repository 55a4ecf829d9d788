import {create, toBinary, type MessageInitShape} from '@bufbuild/protobuf';
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {ModelError} from '../../source/errors.js';
import {decodeOnnx, encodeOnnx} from '../../source/formats/onnx/index.js';
import {
	AttributeProto_AttributeType as AttributeType,
	ModelProtoSchema,
	ValueInfoProtoSchema,
	type FunctionProtoSchema,
	type GraphProtoSchema,
} from '../../source/formats/onnx/onnx_pb.js';
import {normalise} from '../../source/formats/normalise/normalise.js';
import {buildGraph, node, randomTensor} from '../graph/build.js';

const graph = buildGraph({
	inputs: {image: [1, 3, 8, 8]},
	nodes: [
		node('Conv', ['image', 'weight'], 'conv', {
			kernel_shape: [3, 3],
			pads: [1, 1, 1, 1],
		}),
		node('LeakyRelu', ['conv'], 'relu', {alpha: 0.25}),
		node('Resize', ['relu', '', 'scales'], 'output', {
			mode: 'linear',
			coordinate_transformation_mode: 'half_pixel',
		}),
	],
	constants: {
		weight: randomTensor([4, 3, 3, 3]),
		scales: {
			type: 'float32',
			shape: [4],
			data: Float32Array.of(1, 1, 2, 2),
		},
	},
});
const bytes = encodeOnnx(graph);

describe('an ONNX file', () => {
	test('holds what was written: nodes, attributes, weights, shapes', () => {
		const model = decodeOnnx(bytes);
		expect(model.opset).toBe(17);
		expect(model.inputs).toEqual([
			{name: 'image', type: 'float32', shape: [1, 3, 8, 8]},
		]);
		expect(model.nodes).toEqual(graph.nodes);
		expect(model.constants).toEqual(graph.constants);
		expect(
			normalise(model, {shapes: new Map([['image', [1, 3, 8, 8]]])}).values,
		).toEqual(graph.values);
	});

	test('is refused with the reason when it is something else', () => {
		const text = (content: string) => new TextEncoder().encode(content);
		expect(() => decodeOnnx(new Uint8Array())).toThrow(/is empty/v);
		expect(() => decodeOnnx(text('<!DOCTYPE html><html></html>'))).toThrow(
			/web page/v,
		);
		expect(() => decodeOnnx(text('{"format": "graph-model"}'))).toThrow(
			ModelError,
		);
		expect(() =>
			decodeOnnx(text('version https://git-lfs.github.com/spec/v1')),
		).toThrow(/git lfs pull/v);
		expect(() => decodeOnnx(bytes.subarray(0, 300))).toThrow(ModelError);
	});

	test('with weights that are not finite is refused by their name', () => {
		const broken = {
			...graph,
			constants: new Map([
				[
					'weight',
					{
						...randomTensor([4, 3, 3, 3]),
						data: new Float32Array(108).fill(Number.NaN),
					},
				],
			]),
		};
		expect(() => decodeOnnx(encodeOnnx(broken))).toThrow(
			/"weight" hold NaN or infinity/v,
		);
	});

	/** A file of one picture, written field by field. */
	const decodeModel = (
		graph: MessageInitShape<typeof GraphProtoSchema>,
		functions: Array<MessageInitShape<typeof FunctionProtoSchema>> = [],
	) => {
		const model = create(ModelProtoSchema, {
			opsetImport: [{version: 17n}],
			functions,
			graph,
		});
		model.graph!.input.push(
			create(ValueInfoProtoSchema, {
				name: 'image',
				type: {value: {case: 'tensorType', value: {elemType: 1}}},
			}),
		);
		model.graph!.output.push(create(ValueInfoProtoSchema, {name: 'output'}));
		return decodeOnnx(toBinary(ModelProtoSchema, model));
	};

	test.each([
		['counted through', [2n], [1n, 3n]],
		['axis by axis', [2n, 2n], [0n, 1n, 1n, 1n]],
	])(
		'may keep of its weights only what is not 0, with places %s',
		(_, dims, places) => {
			const sparse = (int64Data: bigint[]) =>
				decodeModel({
					sparseInitializer: [
						{
							dims: [2n, 2n],
							values: {name: 'w', dims: [2n], dataType: 1, floatData: [5, 7]},
							indices: {dims, dataType: 7, int64Data},
						},
					],
				});
			expect(sparse(places).constants.get('w')).toEqual({
				type: 'float32',
				shape: [2, 2],
				data: Float32Array.of(0, 5, 0, 7),
			});
			expect(() => sparse(places.with(-1, 4n))).toThrow(/outside their shape/v);
		},
	);

	test('may define functions, which are written out where they are called', () => {
		const opsetImport = [{version: 17n}];
		const slope = {name: 'slope', type: AttributeType.FLOAT, f: 0.5};
		const twice = {
			name: 'Twice',
			domain: 'own',
			input: ['x'],
			output: ['y'],
			attributeProto: [slope],
			opsetImport,
			node: [
				{opType: 'Once', domain: 'own', input: ['x'], output: ['t']},
				{
					opType: 'LeakyRelu',
					input: ['t'],
					output: ['y'],
					attribute: [
						{name: 'alpha', refAttrName: 'slope', type: AttributeType.FLOAT},
					],
				},
			],
		};
		const once = {
			name: 'Once',
			domain: 'own',
			input: ['x'],
			output: ['y'],
			opsetImport,
			node: [{opType: 'Relu', input: ['x'], output: ['y']}],
		};
		const model = decodeModel(
			{
				node: [
					{
						name: 'first',
						opType: 'Twice',
						domain: 'own',
						input: ['image'],
						output: ['a'],
						attribute: [{...slope, f: 0.25}],
					},
					{
						name: 'second',
						opType: 'Twice',
						domain: 'own',
						input: ['a'],
						output: ['output'],
					},
				],
			},
			[twice, once],
		);
		expect(
			model.nodes.map(({opType, inputs, outputs, attributes}) => [
				opType,
				...inputs,
				...outputs,
				attributes.alpha,
			]),
		).toEqual([
			['Relu', 'image', 'first/t', undefined],
			['LeakyRelu', 'first/t', 'a', 0.25],
			['Relu', 'a', 'second/t', undefined],
			['LeakyRelu', 'second/t', 'output', 0.5],
		]);
	});

	test('gives attributes also to what a function calls on a condition', () => {
		const leaky = {
			opType: 'LeakyRelu',
			input: ['x'],
			output: ['inner'],
			attribute: [
				{name: 'alpha', refAttrName: 'slope', type: AttributeType.FLOAT},
			],
		};
		const branch = {node: [leaky], output: [{name: 'inner'}]};
		const model = decodeModel(
			{
				node: [
					{
						opType: 'Either',
						domain: 'own',
						input: ['image'],
						output: ['output'],
						attribute: [{name: 'slope', type: AttributeType.FLOAT, f: 0.25}],
					},
				],
			},
			[
				{
					name: 'Either',
					domain: 'own',
					input: ['x'],
					output: ['y'],
					node: [
						{
							opType: 'If',
							input: ['condition'],
							output: ['y'],
							attribute: ['then_branch', 'else_branch'].map((name) => ({
								name,
								type: AttributeType.GRAPH,
								g: branch,
							})),
						},
					],
				},
			],
		);
		const [{branches}] = model.nodes;
		expect(branches!.then_branch.nodes[0].attributes).toEqual({alpha: 0.25});
	});

	test('whose function has overloads is refused', () => {
		const alike = {name: 'Alike', domain: 'own'};
		expect(() => decodeModel({}, [alike, alike])).toThrow(
			/The function Alike has overloads/v,
		);
	});

	test('whose function calls itself is refused', () => {
		expect(() =>
			decodeModel(
				{node: [{opType: 'Again', domain: 'own', output: ['output']}]},
				[
					{
						name: 'Again',
						domain: 'own',
						node: [{name: 'inner', opType: 'Again', domain: 'own'}],
					},
				],
			),
		).toThrow(/calls itself/v);
	});

	test('may end lists of inputs and outputs with what is left out', () => {
		const {nodes} = decodeModel({
			node: [
				{opType: 'Clip', input: ['image', '', ''], output: ['output', '']},
			],
		});
		expect(nodes[0]).toMatchObject({inputs: ['image'], outputs: ['output']});
	});

	test('is written with names that nodes do not share', () => {
		const alike = {
			...graph,
			nodes: graph.nodes.map((each) => ({...each, name: 'same'})),
		};
		expect(decodeOnnx(encodeOnnx(alike)).nodes.map(({name}) => name)).toEqual([
			'same',
			'LeakyRelu_relu',
			'Resize_output',
		]);
	});

	test('is written with attributes that nobody knows, as they were read', () => {
		const attributes = {share: 0.25, shares: [1, 0.5], whole: 2};
		const strange = {
			...graph,
			nodes: graph.nodes.map((each) => ({...each, attributes})),
		};
		expect(decodeOnnx(encodeOnnx(strange)).nodes[0].attributes).toEqual(
			attributes,
		);
	});

	/** `size` decides which branch is taken: PyTorch writes a squeeze so where it does not know the size. */
	const branching = (condition: readonly object[]) => {
		const branch = (opType: string) => ({
			name: opType,
			node: [{name: opType, opType, input: ['image'], output: [opType]}],
			output: [{name: opType}],
		});
		const choice = {
			name: 'choice',
			opType: 'If',
			input: ['isThree'],
			output: ['chosen'],
			attribute: [
				['then_branch', 'Relu'],
				['else_branch', 'Neg'],
			].map(([name, opType]) => ({
				name,
				type: AttributeType.GRAPH,
				g: branch(opType),
			})),
		};
		const model = create(ModelProtoSchema, {
			opsetImport: [{version: 17n}],
			graph: {
				name: 'branching',
				input: [
					{
						name: 'image',
						type: {value: {case: 'tensorType', value: {elemType: 1}}},
					},
				],
				output: [{name: 'chosen'}],
				node: [...condition, choice],
				initializer: [
					{name: 'three', dims: [1n], dataType: 7, int64Data: [3n]},
					{name: 'axis', dims: [], dataType: 7, int64Data: [1n]},
				],
			},
		});
		return decodeOnnx(toBinary(ModelProtoSchema, model));
	};

	test('may hold branches, of which the one is taken that the input size decides on', () => {
		const model = branching([
			{opType: 'Shape', input: ['image'], output: ['sizes']},
			{opType: 'Gather', input: ['sizes', 'axis'], output: ['size']},
			{opType: 'Equal', input: ['size', 'three'], output: ['isThree']},
		]);
		const operatorsFor = (channels: number) =>
			normalise(model, {
				shapes: new Map([['image', [1, channels, 2, 2]]]),
			}).nodes.map(({opType}) => opType);
		expect(operatorsFor(3)).toContain('Relu');
		expect(operatorsFor(3)).not.toContain('Neg');
		expect(operatorsFor(4)).toContain('Neg');
	});

	test('whose branches depend on what the network sees is refused by the node', () => {
		const model = branching([
			{opType: 'ReduceMax', input: ['image'], output: ['most']},
			{
				opType: 'Cast',
				input: ['most'],
				output: ['isThree'],
				attribute: [{name: 'to', type: AttributeType.INT, i: 9n}],
			},
		]);
		expect(() =>
			normalise(model, {shapes: new Map([['image', [1, 3, 2, 2]]])}),
		).toThrow(/Node choice is control flow \(If\)/v);
	});

	test('gives a model or a ModelError, wherever it is cut or damaged', () => {
		const damage = fc.record({
			length: fc.integer({min: 0, max: bytes.length}),
			flips: fc.array(
				fc.record({
					at: fc.integer({min: 0, max: bytes.length - 1}),
					value: fc.integer({min: 0, max: 255}),
				}),
				{maxLength: 4},
			),
		});
		fc.assert(
			fc.property(damage, ({length, flips}) => {
				const damaged = bytes.slice(0, length);
				for (const {at, value} of flips) {
					damaged[at] = value;
				}

				try {
					const model = decodeOnnx(damaged);
					normalise(model, {
						shapes: new Map(model.inputs.map(({name}) => [name, [1, 3, 8, 8]])),
					});
				} catch (error) {
					if (!(error instanceof ModelError)) {
						throw error;
					}
				}
			}),
			{numRuns: 500},
		);
	});
});
