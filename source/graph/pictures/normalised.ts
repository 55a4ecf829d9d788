import type {Graph, Node} from '../graph.js';

type Producers = ReadonlyMap<string, Node>;

/** The value that a node of this operator combines with a constant list, one number for each channel; undefined for other nodes. */
const beforeList = (
	node: Node,
	opType: string,
	{constants}: Graph,
): string | undefined => {
	const isList = (name: string) => constants.get(name)?.shape.length === 1;
	return node.opType === opType && node.inputs.some((name) => isList(name))
		? node.inputs.find((name) => !isList(name))
		: undefined;
};

/** The value that a node divides by a root, or multiplies by the inverse of one; undefined for other nodes. */
const beforeRoot = (
	{opType, inputs: [first, second]}: Node,
	producers: Producers,
): string | undefined => {
	const isRoot = (name = '') => producers.get(name)?.opType === 'Sqrt';
	const isInverse = (name: string) => {
		const writer = producers.get(name);
		return (
			(writer?.opType === 'Reciprocal' || writer?.opType === 'Div') &&
			isRoot(writer.inputs.at(-1))
		);
	};

	if (opType === 'Div') {
		return isRoot(second) ? first : undefined;
	}

	return opType === 'Mul'
		? isInverse(second)
			? first
			: isInverse(first)
				? second
				: undefined
		: undefined;
};

/**
The value that a node normalises along its last axis; undefined for other nodes.

A normalisation may be spelled out: it then ends with a division by a root, a scale, and, where a mean was subtracted, a shift.
*/
export const normalisedBy = (
	node: Node,
	graph: Graph,
	producers: Producers,
): string | undefined => {
	const {opType, inputs, attributes, outputs} = node;
	if (opType === 'LayerNormalization') {
		const {axis = -1} = attributes;
		const {length: rank} = graph.values.get(outputs[0])!.shape;
		return axis === -1 || axis === rank - 1 ? inputs[0] : undefined;
	}

	const shifted = beforeList(node, 'Add', graph);
	const scale = shifted === undefined ? node : producers.get(shifted);
	const scaled = scale && beforeList(scale, 'Mul', graph);
	const division = producers.get(scaled ?? '');
	const divided = division && beforeRoot(division, producers);
	const centring = producers.get(divided ?? '');
	const isCentred = centring?.opType === 'Sub';
	if (isCentred === (shifted === undefined)) {
		return undefined;
	}

	return isCentred ? centring.inputs[0] : divided;
};
