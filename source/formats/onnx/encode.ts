import {create, toBinary} from '@bufbuild/protobuf';
import {ModelError} from '../../errors.js';
import {elementTypeCode} from '../../graph/element-types.js';
import {opset, type Attribute, type Graph} from '../../graph/graph.js';
import type {Tensor} from '../../graph/tensor.js';
import {expandNewerOperators} from './newer-operators.js';
import {
	AttributeProto_AttributeType as AttributeType,
	AttributeProtoSchema,
	GraphProtoSchema,
	ModelProtoSchema,
	NodeProtoSchema,
	TensorProtoSchema,
	ValueInfoProtoSchema,
	type AttributeProto,
} from './onnx_pb.js';

/** The IR version that goes with opset 17. @see https://onnx.ai/onnx/repo-docs/Versioning.html#released-versions */
const irVersion = 8n;

/** Protobuf readers stop at 2 GB. */
const maxBytes = 2 ** 31 - 1;

/** Numbers of the protobuf fields that are assembled by hand, as in onnx.proto. */
const field = {modelGraph: 7, graphInitializer: 5, tensorRawData: 9} as const;

const utf8 = new TextEncoder();

/** The declared values of a network; a size below 0 stays open. */
export type EncodableGraph = Pick<
	Graph,
	'name' | 'nodes' | 'constants' | 'inputs' | 'outputs' | 'values'
>;

/** Attributes that are floats even where their number is whole; all others are floats only where it is not. */
const floatAttributes = new Set([
	'alpha',
	'beta',
	'gamma',
	'epsilon',
	'momentum',
	'cubic_coeff_a',
	'extrapolation_value',
	'value_float',
	'value_floats',
	'bias',
	'lambd',
	'ratio',
]);

const encodeTensorHeader = (name: string, {type, shape}: Tensor) =>
	toBinary(
		TensorProtoSchema,
		create(TensorProtoSchema, {
			name,
			dataType: elementTypeCode[type],
			dims: shape.map(BigInt),
		}),
	);

const bytesOf = ({data}: Tensor) =>
	new Uint8Array(data.buffer, data.byteOffset, data.byteLength);

const encodeAttribute = (name: string, value: Attribute): AttributeProto => {
	const isFloat =
		floatAttributes.has(name) ||
		[value]
			.flat()
			.some((part) => typeof part === 'number' && !Number.isInteger(part));
	if (typeof value === 'string') {
		return create(AttributeProtoSchema, {
			name,
			type: AttributeType.STRING,
			s: utf8.encode(value),
		});
	}

	if (typeof value === 'number') {
		return isFloat
			? create(AttributeProtoSchema, {
					name,
					type: AttributeType.FLOAT,
					f: value,
				})
			: create(AttributeProtoSchema, {
					name,
					type: AttributeType.INT,
					i: BigInt(value),
				});
	}

	if ('shape' in value) {
		return create(AttributeProtoSchema, {
			name,
			type: AttributeType.TENSOR,
			t: {
				dataType: elementTypeCode[value.type],
				dims: value.shape.map(BigInt),
				rawData: bytesOf(value),
			},
		});
	}

	if (value.every((element) => typeof element === 'number')) {
		return isFloat
			? create(AttributeProtoSchema, {
					name,
					type: AttributeType.FLOATS,
					floats: [...value],
				})
			: create(AttributeProtoSchema, {
					name,
					type: AttributeType.INTS,
					ints: value.map(BigInt),
				});
	}

	return create(AttributeProtoSchema, {
		name,
		type: AttributeType.STRINGS,
		strings: value.map((text) => utf8.encode(String(text))),
	});
};

const encodeValue = (graph: EncodableGraph, name: string) => {
	const {type, shape} = graph.values.get(name)!;
	return create(ValueInfoProtoSchema, {
		name,
		type: {
			value: {
				case: 'tensorType',
				value: {
					elemType: elementTypeCode[type],
					shape: {
						dim: shape.map((size) =>
							size < 0
								? {}
								: {value: {case: 'dimValue' as const, value: BigInt(size)}},
						),
					},
				},
			},
		},
	});
};

const varint = (value: number): Uint8Array => {
	const bytes = [];
	let rest = value;
	while (rest >= 128) {
		bytes.push((rest % 128) | 128);
		rest = Math.floor(rest / 128);
	}

	bytes.push(rest);
	return Uint8Array.from(bytes);
};

const sizeOf = (chunks: readonly Uint8Array[]) =>
	chunks.reduce((size, {byteLength}) => size + byteLength, 0);

/** A length-delimited protobuf field around chunks, which are not copied yet. */
const delimited = (
	fieldNumber: number,
	chunks: readonly Uint8Array[],
): Uint8Array[] => [
	varint((fieldNumber << 3) | 2),
	varint(sizeOf(chunks)),
	...chunks,
];

/**
Writes a network as an ONNX file (opset 17, IR 8) for onnxruntime and Netron.

@param outputs Names of the outputs; the graph's own by default.
@throws {ModelError} Beyond 2 GB, where ONNX would need a second file.
*/
export const encodeOnnx = (
	graph: EncodableGraph,
	outputs: readonly string[] = graph.outputs,
): Uint8Array => {
	const {nodes, constants} = expandNewerOperators(
		graph.nodes,
		graph.constants,
		(name) => graph.values.get(name)!.shape,
	);
	const names = new Set<string>();
	/** Removes repeated node names, which some files have and onnxruntime refuses; it accepts nodes without one. */
	const isNew = (name: string) => names.size < names.add(name).size;
	const header = toBinary(
		ModelProtoSchema,
		create(ModelProtoSchema, {
			irVersion,
			producerName: 'gradcam-tui',
			opsetImport: [{domain: '', version: BigInt(opset)}],
		}),
	);
	const body = toBinary(
		GraphProtoSchema,
		create(GraphProtoSchema, {
			name: graph.name || 'graph',
			node: nodes.map(({name, opType, inputs, outputs, attributes}) =>
				create(NodeProtoSchema, {
					name: isNew(name) ? name : '',
					opType,
					input: [...inputs],
					output: [...outputs],
					attribute: Object.entries(attributes).map(([key, value]) =>
						encodeAttribute(key, value),
					),
				}),
			),
			input: graph.inputs.map(({name}) => encodeValue(graph, name)),
			output: outputs.map((name) => encodeValue(graph, name)),
		}),
	);
	// Protobuf's own writer would copy the weights, most of the file, once for each level of nesting; here they are copied once, into place.
	const weights = [...constants].flatMap(([name, tensor]) =>
		delimited(field.graphInitializer, [
			encodeTensorHeader(name, tensor),
			...delimited(field.tensorRawData, [bytesOf(tensor)]),
		]),
	);
	const chunks = [header, ...delimited(field.modelGraph, [body, ...weights])];
	const size = sizeOf(chunks);
	if (size > maxBytes) {
		throw new ModelError(
			`The network has ${Math.round(size / 1e6)} MB of weights, more than the 2147 MB of an ONNX file; use a smaller one`,
		);
	}

	const bytes = new Uint8Array(size);
	let offset = 0;
	for (const chunk of chunks) {
		bytes.set(chunk, offset);
		offset += chunk.byteLength;
	}

	return bytes;
};
