import {readdirSync, readFileSync} from 'node:fs';
import path from 'node:path';
import {fromBinary, toBinary} from '@bufbuild/protobuf';
import {ModelError} from '../../source/errors.js';
import {decodeTensor} from '../../source/formats/onnx/decode-tensor.js';
import {decodeOnnx} from '../../source/formats/onnx/index.js';
import {
	type ModelProto,
	ModelProtoSchema,
	TensorProtoSchema,
	type ValueInfoProto,
} from '../../source/formats/onnx/onnx_pb.js';
import type {ModelFile} from '../../source/formats/model-file.js';
import {normalise} from '../../source/formats/normalise/normalise.js';
import type {Graph} from '../../source/graph/graph.js';
import {numbersOf, type Tensor} from '../../source/graph/tensor.js';
import {knownOperators} from '../../source/formats/normalise/upgrades/table.js';

/** One of ONNX's operator tests: a network of one operator with what goes in and what must come out. */
export type NodeCase = {
	readonly graph: Graph;
	readonly feeds: ReadonlyMap<string, Float32Array>;
	readonly expected: ReadonlyMap<string, Tensor>;
};

/** The types that a Graph computes with: float, uint8, int8, int32, int64, bool. */
const keptTypes = new Set([1, 2, 3, 6, 7, 9]);

const isKept = ({type}: ValueInfoProto): boolean =>
	type?.value.case === 'tensorType' && keptTypes.has(type.value.value.elemType);

const readModel = (folder: string): ModelProto =>
	fromBinary(ModelProtoSchema, readFileSync(path.join(folder, 'model.onnx')));

/** Whether a case has only operators that the project knows, on tensors of types that it computes with. */
export const isApplicable = (folder: string): boolean => {
	const graph = readModel(folder).graph!;
	return (
		graph.node.every(
			({domain, opType}) =>
				['', 'ai.onnx'].includes(domain) && knownOperators.includes(opType),
		) && [...graph.input, ...graph.output].every((value) => isKept(value))
	);
};

/** Cases carry the opset in which their operator changed last; where that is older than what the project reads, nothing changed since. */
const readModelFile = (folder: string): ModelFile => {
	const model = readModel(folder);
	for (const opset of model.opsetImport) {
		opset.version = opset.version < 7n ? 7n : opset.version;
	}

	return decodeOnnx(toBinary(ModelProtoSchema, model));
};

const readTensors = (folder: string, kind: 'input' | 'output'): Tensor[] => {
	const files = readdirSync(folder).filter((name) => name.startsWith(kind));
	return files.map((_, index) => {
		const name = `${kind}_${index}.pb`;
		const bytes = readFileSync(path.join(folder, name));
		return decodeTensor(fromBinary(TensorProtoSchema, bytes), name, () => {
			throw new ModelError('a tensor of a test lies in another file');
		});
	});
};

/** Integers, and float inputs from `fixed` on, are made constants: they are what an exporter would have written into the model (axes, sizes, bounds). */
const fixInputs = (
	model: ModelFile,
	inputs: readonly Tensor[],
	fixed: number,
): Omit<NodeCase, 'expected'> => {
	const given = model.inputs.map(({name}, index) => ({
		name,
		tensor: inputs[index],
		isConstant: inputs[index].type !== 'float32' || index >= fixed,
	}));
	const fed = given.filter(({isConstant}) => !isConstant);
	const constants = given.filter(({isConstant}) => isConstant);
	const graph = normalise(
		{
			...model,
			inputs: model.inputs.filter((_, index) => !given[index].isConstant),
			constants: new Map([
				...model.constants,
				...constants.map(({name, tensor}) => [name, tensor] as const),
			]),
		},
		{shapes: new Map(fed.map(({name, tensor}) => [name, tensor.shape]))},
	);
	return {
		graph,
		feeds: new Map(
			fed.map(({name, tensor}) => [name, Float32Array.from(numbersOf(tensor))]),
		),
	};
};

/** Reads a case. @throws {Error} Where the project can't read it. */
export const readNodeCase = (folder: string): NodeCase => {
	const model = readModelFile(folder);
	const data = path.join(folder, 'test_data_set_0');
	const inputs = readTensors(data, 'input');
	const outputs = readTensors(data, 'output');
	const expected = new Map(
		model.outputs.map((name, index) => [name, outputs[index]]),
	);
	let reason: unknown;
	for (const fixed of [Infinity, 1, 0]) {
		try {
			return {...fixInputs(model, inputs, fixed), expected};
		} catch (error) {
			reason ??= error;
		}
	}

	throw reason;
};
