import {fromBinary} from '@bufbuild/protobuf';
import {ModelError} from '../../errors.js';
import type {DeclaredValue, Dimension, ModelFile} from '../model-file.js';
import {scopeName} from '../scope-name.js';
import {decodeNodes} from './decode-nodes.js';
import {decodeElementType, type ReadExternal} from './decode-tensor.js';
import {inlineFunctions} from './inline-functions.js';
import {
	ModelProtoSchema,
	type ModelProto,
	type ValueInfoProto,
} from './onnx_pb.js';

const oldestOpset = 7;
const newestOpset = 25;

const utf8 = new TextDecoder();

const parse = (bytes: Uint8Array): ModelProto => {
	if (bytes.byteLength === 0) {
		throw new ModelError('The model is empty; get a fresh copy of it');
	}

	const start = utf8.decode(bytes.subarray(0, 512)).trimStart();
	if (/^<(?:!doctype|html|head|\?xml)/iv.test(start)) {
		throw new ModelError(
			'The model is a web page, not an ONNX file; download the file itself',
		);
	}

	if (start.startsWith('version https://git-lfs')) {
		throw new ModelError(
			'The model is a Git LFS pointer, not an ONNX file; fetch the file itself with git lfs pull',
		);
	}

	let model: ModelProto;
	try {
		model = fromBinary(ModelProtoSchema, bytes, {readUnknownFields: false});
	} catch {
		throw new ModelError(
			'The model is not an ONNX file, or is cut short; get a fresh copy of it',
		);
	}

	if (!model.graph || model.opsetImport.length === 0) {
		throw new ModelError('The model holds no network; export it again as ONNX');
	}

	return model;
};

const opsetOf = (model: ModelProto): number => {
	const opset = Number(
		model.opsetImport.find(({domain}) => domain === '' || domain === 'ai.onnx')
			?.version ?? 0,
	);
	if (opset < oldestOpset || opset > newestOpset) {
		throw new ModelError(
			`The model is written in ONNX opset ${opset}; export it again with one from ${oldestOpset} to ${newestOpset} (17 is a good choice)`,
		);
	}

	return opset;
};

const decodeDimensions = ({type}: ValueInfoProto) =>
	type?.value.case === 'tensorType'
		? type.value.value.shape?.dim.map(({value}): Dimension => {
				if (value.case === 'dimParam') {
					return value.value;
				}

				// Some exporters write 0 or −1 for "any size".
				const size = value.case === 'dimValue' ? Number(value.value) : 0;
				return size > 0 ? size : undefined;
			})
		: undefined;

const decodeValue = (value: ValueInfoProto): DeclaredValue => {
	const {name, type} = value;
	if (type?.value.case !== 'tensorType') {
		throw new ModelError(
			`The input "${name}" is a ${type?.value.case ?? 'value without a type'}, not a tensor; export the model with tensors only`,
		);
	}

	return {
		name,
		type: decodeElementType(type.value.value.elemType, name),
		shape: decodeDimensions(value),
	};
};

/** The reader for models without external weights: an error for tensors that claim to have them. */
const refuseExternal: ReadExternal = (location) => {
	throw new ModelError(
		`The weights lie in another file ("${location}"), which was not given; load the model from its folder`,
	);
};

/**
Reads an ONNX file: opset 7 to 25, any IR version.

@param readExternal Reads weights from files beside the model.
@throws {ModelError} If the bytes are not an ONNX file, are damaged, or hold what cannot be explained (weights of unusual types).
@see https://onnx.ai/onnx/repo-docs/IR.html
*/
export const decodeOnnx = (
	bytes: Uint8Array,
	readExternal: ReadExternal = refuseExternal,
): ModelFile => {
	const model = parse(bytes);
	const opset = opsetOf(model);
	const graph = model.graph!;
	const {nodes, constants} = decodeNodes(graph, {
		readExternal,
		inline: (all) => inlineFunctions(model, all),
	});
	return {
		// Tf2onnx gives every graph its own name.
		name:
			graph.name === 'tf2onnx'
				? (scopeName(graph.node.map(({name}) => name)) ?? graph.name)
				: graph.name,
		opset,
		// Before IR 4, weights were inputs too.
		inputs: graph.input
			.filter(({name}) => !constants.has(name))
			.map((value) => decodeValue(value)),
		outputs: graph.output.map(({name}) => name),
		nodes,
		constants,
		notes: graph.node.some(({opType}) => opType === 'QuantizeLinear')
			? [
					'the model computes with 8 bits: activations are cut to its range but not rounded, so logits differ a little',
				]
			: [],
	};
};
