import {clone} from '@bufbuild/protobuf';
import {ModelError} from '../../errors.js';
import {
	AttributeProtoSchema,
	NodeProtoSchema,
	type AttributeProto,
	type FunctionProto,
	type ModelProto,
	type NodeProto,
} from './onnx_pb.js';

/** The depth of nested calls beyond which a function must be recursive. */
const deepest = 64;

type Rename = (name: string) => string;

/** Renames everything in a node and its subgraphs. */
const renameIn = (node: NodeProto, rename: Rename): void => {
	node.name = rename(node.name);
	node.input = node.input.map((name) => rename(name));
	node.output = node.output.map((name) => rename(name));
	for (const {g: branch} of node.attribute) {
		for (const value of [
			...(branch?.input ?? []),
			...(branch?.output ?? []),
			...(branch?.initializer ?? []),
		]) {
			value.name = rename(value.name);
		}

		for (const inner of branch?.node ?? []) {
			renameIn(inner, rename);
		}
	}
};

/** The attributes that a call gives to its function; those left out have their defaults. */
const givenAttributes = (
	call: NodeProto,
	definition: FunctionProto,
): ReadonlyMap<string, AttributeProto> =>
	new Map(
		[...definition.attributeProto, ...call.attribute].map((each) => [
			each.name,
			each,
		]),
	);

/** Resolves references to the call's attributes, in a function's node and its subgraphs. */
const resolveIn = (
	node: NodeProto,
	given: ReadonlyMap<string, AttributeProto>,
): void => {
	node.attribute = node.attribute.flatMap((each) => {
		if (!each.refAttrName) {
			return [each];
		}

		const value = given.get(each.refAttrName);
		if (!value) {
			return [];
		}

		const named = clone(AttributeProtoSchema, value);
		named.name = each.name;
		return [named];
	});
	for (const {g: branch} of node.attribute) {
		for (const inner of branch?.node ?? []) {
			resolveIn(inner, given);
		}
	}
};

const keyOf = (domain: string, name: string) => `${domain} ${name}`;

/** The functions of a model by domain and name. @throws {ModelError} If one is defined twice, as overloads that calls tell apart. */
const indexFunctions = (
	functions: readonly FunctionProto[],
): ReadonlyMap<string, FunctionProto> => {
	const byKey = new Map<string, FunctionProto>();
	for (const each of functions) {
		const key = keyOf(each.domain, each.name);
		if (byKey.has(key)) {
			throw new ModelError(
				`The function ${each.name} has overloads, which are not known; inline them with onnx.inliner.inline_local_functions`,
			);
		}

		byKey.set(key, each);
	}

	return byKey;
};

/**
The nodes of a model's graph, with the model's own functions inlined, as early exporters of PyTorch 2 left them. Values inside a call are named `CALL/VALUE`.

@throws {ModelError} If a function is recursive, has overloads, or uses another opset than the model.
@see https://onnx.ai/onnx/repo-docs/IR.html#functions
*/
export const inlineFunctions = (
	{functions, opsetImport}: ModelProto,
	nodes: readonly NodeProto[],
): readonly NodeProto[] => {
	const byKey = indexFunctions(functions);
	const opsetOf = (imports: ModelProto['opsetImport']) =>
		imports.find(({domain}) => domain === '' || domain === 'ai.onnx')?.version;

	const inline = (node: NodeProto, depth: number): readonly NodeProto[] => {
		const definition = byKey.get(keyOf(node.domain, node.opType));
		if (!definition) {
			return [node];
		}

		if (depth > deepest) {
			throw new ModelError(
				`The function ${node.opType} calls itself, which ONNX does not allow; export the model again`,
			);
		}

		const opset = opsetOf(definition.opsetImport) ?? opsetOf(opsetImport);
		const call = node.name || (node.output.find(Boolean) ?? node.opType);
		if (opset !== opsetOf(opsetImport)) {
			throw new ModelError(
				`Node ${call} calls ${node.opType}, a function that is written in ONNX opset ${opset}, unlike the model; inline it with onnx.inliner.inline_local_functions`,
			);
		}

		const names = new Map<string, string>();
		for (const [index, name] of definition.output.entries()) {
			// What the caller leaves out may still be read inside.
			const actual = node.output[index] ?? '';
			names.set(name, actual === '' ? `${call}/${name}` : actual);
		}

		for (const [index, name] of definition.input.entries()) {
			names.set(name, node.input[index] ?? '');
		}

		const rename: Rename = (name) =>
			name === '' ? '' : (names.get(name) ?? `${call}/${name}`);
		const given = givenAttributes(node, definition);
		return definition.node.flatMap((original) => {
			const inner = clone(NodeProtoSchema, original);
			resolveIn(inner, given);
			renameIn(inner, rename);
			return inline(inner, depth + 1);
		});
	};

	return byKey.size === 0 ? nodes : nodes.flatMap((node) => inline(node, 0));
};
