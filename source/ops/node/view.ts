import type {Graph, Node, Value} from '../../graph/graph.js';
import type {Tensor} from '../../graph/tensor.js';

/** What a rule may read of a node before the network runs. */
export type NodeView = {
	readonly node: Node;
	/** By input; undefined where an optional input is left out. */
	readonly inputs: ReadonlyArray<Value | undefined>;
	/** By output; empty while shapes are being inferred. */
	readonly outputs: readonly Value[];
	/** The value of input `index`, where it is known before the network runs. */
	readonly constant: (index: number) => Tensor | undefined;
};

/** A node as its operator's rules see it. */
export const viewOf = (
	{values, constants}: Pick<Graph, 'values' | 'constants'>,
	node: Node,
): NodeView => ({
	node,
	inputs: node.inputs.map((name) =>
		name === '' ? undefined : values.get(name),
	),
	outputs: node.outputs.map(
		(name) => values.get(name) ?? {name, type: 'float32', shape: []},
	),
	constant: (index) => constants.get(node.inputs[index]),
});
