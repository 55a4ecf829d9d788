import {ModelError} from '../../errors.js';
import type {Attribute} from '../../graph/graph.js';
import type {Tensor} from '../../graph/tensor.js';
import type {Branch, ModelNode} from '../model-file.js';
import {decodeSparse} from './decode-sparse.js';
import {decodeTensor, type ReadExternal} from './decode-tensor.js';
import {
	AttributeProto_AttributeType as AttributeType,
	type AttributeProto,
	type GraphProto,
	type NodeProto,
} from './onnx_pb.js';

const utf8 = new TextDecoder();

type AttributeReader = (
	attribute: AttributeProto,
	readExternal: ReadExternal,
) => Attribute | undefined;

const attributeReaders: Readonly<
	Partial<Record<AttributeType, AttributeReader>>
> = {
	[AttributeType.FLOAT]: ({f}) => f,
	[AttributeType.INT]: ({i}) => Number(i),
	[AttributeType.STRING]: ({s}) => utf8.decode(s),
	[AttributeType.FLOATS]: ({floats}) => floats,
	[AttributeType.INTS]: ({ints}) => ints.map(Number),
	[AttributeType.STRINGS]: ({strings}) =>
		strings.map((text) => utf8.decode(text)),
	[AttributeType.TENSOR]: ({t, name}, readExternal) =>
		t && decodeTensor(t, name, readExternal),
	[AttributeType.SPARSE_TENSOR]: ({sparseTensor, name}, readExternal) =>
		sparseTensor && decodeSparse(sparseTensor, name, readExternal),
};

/** The context of reading nodes. */
type NodeContext = {
	readonly readExternal: ReadExternal;
	/** Inlines calls of the model's own functions. */
	readonly inline: (nodes: readonly NodeProto[]) => readonly NodeProto[];
};

const ownDomains = new Set(['', 'ai.onnx']);

/** Drops trailing optional inputs and outputs that are left out. */
const withoutTrailing = (names: readonly string[]): readonly string[] =>
	names.slice(0, names.findLastIndex(Boolean) + 1);

const decodeNode = (
	node: NodeProto,
	index: number,
	context: NodeContext,
): ModelNode => {
	const {domain} = node;
	const {readExternal} = context;
	const opType = ownDomains.has(domain)
		? node.opType
		: `${domain}.${node.opType}`;
	const name =
		node.name || `${opType}_${node.output.find(Boolean) ?? String(index)}`;
	const attributes: Record<string, Attribute> = {};
	const branches: Record<string, Branch> = {};
	for (const attribute of node.attribute) {
		if (attribute.g) {
			branches[attribute.name] = decodeBranch(attribute.g, context);
			continue;
		}

		const value = attributeReaders[attribute.type]?.(attribute, readExternal);
		if (value === undefined) {
			throw new ModelError(
				`Node ${name} has the attribute "${attribute.name}" of type ${AttributeType[attribute.type] ?? attribute.type}, which cannot be read; export the model again`,
			);
		}

		attributes[attribute.name] = value;
	}

	const decoded = {
		name,
		opType,
		inputs: withoutTrailing(node.input),
		outputs: withoutTrailing(node.output),
		attributes,
	};
	return Object.keys(branches).length === 0
		? decoded
		: {
				...decoded,
				inputs: [
					...decoded.inputs,
					...new Set(
						Object.values(branches).flatMap((branch) =>
							readFromOutside(branch),
						),
					),
				],
				branches,
			};
};

const decodeBranch = (graph: GraphProto, context: NodeContext): Branch => ({
	...decodeNodes(graph, context),
	outputs: graph.output.map(({name}) => name),
});

/** What a subgraph's nodes read from the network around it. */
const readFromOutside = ({nodes, constants, outputs}: Branch): string[] => {
	const own = new Set([
		...constants.keys(),
		...nodes.flatMap((node) => node.outputs),
	]);
	return [...nodes.flatMap(({inputs}) => inputs), ...outputs].filter(
		(name) => name !== '' && !own.has(name),
	);
};

const decodeConstants = (
	graph: GraphProto,
	readExternal: ReadExternal,
): Map<string, Tensor> => {
	const constants = new Map<string, Tensor>();
	const add = (name: string, decoded: Tensor) => {
		if (constants.has(name)) {
			throw new ModelError(
				`The weights "${name}" are there twice; export the model again`,
			);
		}

		// Attention masks hide scores with negative infinity.
		if (
			decoded.data instanceof Float32Array &&
			!decoded.data.every((weight) => weight < Number.POSITIVE_INFINITY)
		) {
			throw new ModelError(
				`The weights "${name}" hold NaN or infinity; train or export the model again`,
			);
		}

		constants.set(name, decoded);
	};

	for (const tensor of graph.initializer) {
		add(tensor.name, decodeTensor(tensor, tensor.name, readExternal));
	}

	for (const sparse of graph.sparseInitializer) {
		const {name = ''} = sparse.values ?? {};
		add(name, decodeSparse(sparse, name, readExternal));
	}

	return constants;
};

/** Reads a graph's nodes and weights. @throws {ModelError} If they are damaged, or hold what cannot be explained. */
export const decodeNodes = (
	graph: GraphProto,
	context: NodeContext,
): Pick<Branch, 'nodes' | 'constants'> => ({
	nodes: context
		.inline(graph.node)
		.map((node, index) => decodeNode(node, index, context)),
	constants: decodeConstants(graph, context.readExternal),
});
