import {ModelError} from '../../errors.js';
import type {Node} from '../../graph/graph.js';
import type {Tensor} from '../../graph/tensor.js';
import type {DeclaredValue, Dimension, ModelFile} from '../model-file.js';
import {scopeName} from '../scope-name.js';
import {
	isRecord,
	listOf,
	type JsonRecord,
	type ModelJson,
} from '../tfjs/model-json.js';
import {readAttributes, readShape} from './attributes.js';
import {translate} from './translate.js';

/** The value that TensorFlow calls `name`, `name:0` or, of a node that only comes before, `^name`; undefined for that one. */
const valueName = (input: string): string | undefined =>
	input.startsWith('^') ? undefined : input.replace(/:0$/v, '');

/** Operators that no node is written for. */
const unwritten: ReadonlySet<string> = new Set([
	'Const',
	'NoOp',
	'Placeholder',
]);

/** The end of a loop in TensorFlow 1, which is read by its beginning. */
const loopEnd = /^(?:Ref)?NextIteration$/v;

const readNode = (node: unknown) => {
	if (
		!isRecord(node) ||
		typeof node.name !== 'string' ||
		typeof node.op !== 'string' ||
		!Array.isArray(node.input ?? [])
	) {
		throw new ModelError(
			'The graph has a node without a name or an operator; get a fresh copy of the model',
		);
	}

	const {name, op, input = [], attr} = node;
	return {
		name,
		opType: op,
		// Without what it reads there is no cycle, and the error names the loop.
		inputs: listOf(loopEnd.test(op) ? [] : input)
			.map((each) => valueName(String(each)))
			.filter((each) => each !== undefined),
		/** Nodes that only come before it. */
		after: listOf(input).flatMap(
			(each) => /^\^(?<node>.+)$/v.exec(String(each))?.groups?.node ?? [],
		),
		attributes: readAttributes(attr, name),
	};
};

/** The values that each node writes: those that are read, and the first one always. */
const outputsByNode = (names: readonly string[]) => {
	const counts = new Map<string, number>();
	for (const name of names) {
		const groups = /^(?<node>.+):(?<index>\d+)$/v.exec(name)?.groups;
		if (groups) {
			const {node, index} = groups;
			counts.set(node, Math.max(counts.get(node) ?? 1, Number(index) + 1));
		}
	}

	return (node: string) =>
		Array.from({length: counts.get(node) ?? 1}, (_, index) =>
			index === 0 ? node : `${node}:${index}`,
		);
};

/** Names of the values in one half of a signature, as the model's own. */
const signatureNames = (signature: unknown): string[] | undefined =>
	isRecord(signature)
		? Object.entries(signature).map(([key, value]) => {
				const name =
					isRecord(value) && typeof value.name === 'string' ? value.name : key;
				return valueName(name) ?? key;
			})
		: undefined;

/** −1 and 0 stand for "any size". */
const toDimensions = (shape: readonly number[] | undefined) =>
	shape?.map((size): Dimension => (size > 0 ? size : undefined));

type GraphNode = ReturnType<typeof readNode>;

const declare = (
	{name, attributes}: GraphNode,
	inputs: unknown,
): DeclaredValue => {
	const declared = Object.values(isRecord(inputs) ? inputs : {}).find(
		(value): value is JsonRecord =>
			isRecord(value) &&
			typeof value.name === 'string' &&
			valueName(value.name) === name,
	);
	const shape = Array.isArray(attributes.shape) ? attributes.shape : undefined;
	return {
		name,
		// Whatever a placeholder takes, pixels are fed as floats.
		type: 'float32',
		shape: toDimensions(readShape(declared?.tensorShape) ?? shape?.map(Number)),
	};
};

/** Whether a constant is a text, as an assertion prints; older converters write the numbers of TensorFlow's enumeration. */
const isText = ({attributes}: GraphNode) =>
	attributes.dtype === 'DT_STRING' || attributes.dtype === '7';

const constantOf = (
	name: string,
	weights: ReadonlyMap<string, Tensor>,
): Tensor => {
	const tensor = weights.get(name);
	if (!tensor) {
		throw new ModelError(
			`The weights "${name}" are in the graph, but not in the list of weights; get a fresh copy of the model`,
		);
	}

	return tensor;
};

/** The constants that belong to one branch of a condition, with what leads into it: they come after an Identity of one side of a Switch, and read nothing else. */
const branchesOf = (
	nodes: readonly GraphNode[],
): ReadonlyMap<string, string> => {
	const byName = new Map(nodes.map((node) => [node.name, node]));
	const isEntrance = (name: string) => {
		const node = byName.get(name);
		const [side = ''] = node?.inputs ?? [];
		return (
			node?.opType === 'Identity' &&
			byName.get(side.replace(/:1$/v, ''))?.opType === 'Switch'
		);
	};

	return new Map(
		nodes
			.filter(({opType}) => opType === 'Const')
			.flatMap(({name, after}) => {
				const entrance = after.find((each) => isEntrance(each));
				return entrance === undefined ? [] : [[name, entrance]];
			}),
	);
};

/**
Reads a graph-model of TensorFlow.js.

@param weights What `readWeights` made of its list of weights.
@throws {ModelError} If the graph is damaged, or weights are missing from it.
@see https://github.com/tensorflow/tensorflow/blob/master/tensorflow/core/framework/graph.proto
*/
export const decodeGraphModel = (
	json: ModelJson,
	weights: ReadonlyMap<string, Tensor>,
): ModelFile => {
	const {modelTopology, userDefinedMetadata} = json;
	const signature = [
		json.signature,
		isRecord(userDefinedMetadata) ? userDefinedMetadata.signature : undefined,
	].find((each) => isRecord(each));
	const graphNodes = listOf(modelTopology.node).map((node) => readNode(node));
	const read = graphNodes.flatMap(({inputs}) => inputs);
	const outputs = signatureNames(signature?.outputs) ?? [];
	const outputsOf = outputsByNode([...read, ...outputs]);
	const isOf = (...opTypes: string[]) =>
		graphNodes.filter(({opType}) => opTypes.includes(opType));
	const branches = branchesOf(graphNodes);
	/** The name under which a constant is kept: one of a branch is only read through a node, which is dead where the branch is. */
	const keptName = (name: string) =>
		branches.has(name) ? `${name}:value` : name;
	const unread = () => {
		const inner = new Set(read);
		return graphNodes
			.filter(({name, opType}) => !inner.has(name) && !unwritten.has(opType))
			.map(({name}) => name);
	};

	return {
		name: scopeName(graphNodes.map(({name}) => name)) ?? 'graph-model',
		opset: 17,
		inputs: isOf('Placeholder').map((node) => declare(node, signature?.inputs)),
		outputs: outputs.length > 0 ? outputs : unread(),
		nodes: graphNodes.flatMap(({name, opType, inputs, attributes}): Node[] => {
			const entrance = branches.get(name);
			if (entrance === undefined && unwritten.has(opType)) {
				return [];
			}

			const outputs = outputsOf(name);
			return [
				entrance === undefined
					? {name, opType, inputs, outputs, attributes}
					: {
							name,
							opType: 'Identity',
							inputs: [keptName(name), entrance],
							outputs,
							attributes: {},
						},
			];
		}),
		constants: new Map(
			isOf('Const')
				.filter((node) => !isText(node))
				.map(({name}) => [keptName(name), constantOf(name, weights)]),
		),
		translate,
		layout: 'NHWC',
		notes: [],
	};
};
