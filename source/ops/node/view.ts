import type {Graph, Node} from '../../graph/graph.js';
import type {NodeView} from '../operator.js';

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
