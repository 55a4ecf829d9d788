import {ModelError} from '../../errors.js';
import type {Attribute} from '../../graph/graph.js';
import type {Tensor} from '../../graph/tensor.js';
import type {Branch, ModelNode} from '../model-file.js';
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
};

/** What a node is read with. */
type NodeContext = {
	readonly readExternal: ReadExternal;
	/** Domain and name of the functions that the model defines. */
	readonly functions: ReadonlySet<string>;
};

const decodeNode = (
	node: NodeProto,
	index: number,
	context: NodeContext,
): ModelNode => {
	const {opType, domain} = node;
	const {readExternal, functions} = context;
	const name =
		node.name || `${opType}_${node.output.find(Boolean) ?? String(index)}`;
	if (functions.has(`${domain} ${opType}`)) {
		throw new ModelError(
			`Node ${name} calls ${opType}, a function that the model itself defines, which is not known here; inline it with onnx.inliner.inline_local_functions`,
		);
	}

	if (domain !== '' && domain !== 'ai.onnx') {
		throw new ModelError(
			`Node ${name} is the operator ${opType} of "${domain}", which only one program knows; export the model with standard ONNX operators`,
		);
	}

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
		inputs: node.input,
		outputs: node.output,
		attributes,
	};
	return Object.keys(branches).length === 0
		? decoded
		: {
				...decoded,
				inputs: [
					...node.input,
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

/** What the nodes of a branch read that only the network around it has. */
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
	if (graph.sparseInitializer.length > 0) {
		throw new ModelError(
			`The weights "${graph.sparseInitializer[0].values?.name ?? ''}" are stored sparse, which cannot be read; export the model with dense weights`,
		);
	}

	const constants = new Map<string, Tensor>();
	for (const tensor of graph.initializer) {
		if (constants.has(tensor.name)) {
			throw new ModelError(
				`The weights "${tensor.name}" are there twice; export the model again`,
			);
		}

		const decoded = decodeTensor(tensor, tensor.name, readExternal);
		// Negative infinity is what a mask of attention hides scores with.
		if (
			decoded.data instanceof Float32Array &&
			!decoded.data.every((weight) => weight < Number.POSITIVE_INFINITY)
		) {
			throw new ModelError(
				`The weights "${tensor.name}" hold NaN or infinity; train or export the model again`,
			);
		}

		constants.set(tensor.name, decoded);
	}

	return constants;
};

/** Reads the nodes of a graph and its weights. @throws {ModelError} When they are damaged, or hold what cannot be explained. */
export const decodeNodes = (
	graph: GraphProto,
	context: NodeContext,
): Pick<Branch, 'nodes' | 'constants'> => ({
	nodes: graph.node.map((node, index) => decodeNode(node, index, context)),
	constants: decodeConstants(graph, context.readExternal),
});
