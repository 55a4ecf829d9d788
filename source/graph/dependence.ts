import type {Graph, Node} from './graph.js';

/** The inputs of a node that an influence may enter by. */
type Entries = (graph: Graph, node: Node) => readonly number[];

const allInputs: Entries = (_, {inputs}) => [...inputs.keys()];

/** The given values and everything computed from them. */
export const findInfluenced = (
	graph: Graph,
	from: readonly string[],
	entries = allInputs,
): ReadonlySet<string> => {
	const influenced = new Set(from);
	for (const node of graph.nodes) {
		if (
			entries(graph, node).some((index) => influenced.has(node.inputs[index]))
		) {
			for (const output of node.outputs) {
				influenced.add(output);
			}
		}
	}

	return influenced;
};

/** The values that depend on the network's inputs. */
export const findFed = (graph: Graph): ReadonlySet<string> =>
	findInfluenced(
		graph,
		graph.inputs.map(({name}) => name),
	);

/** The values that every path from the inputs to `to` passes through: when one is written, no earlier value is still to be read. */
export const findBottlenecks = (
	graph: Graph,
	to: string,
): ReadonlySet<string> => {
	const fed = findFed(graph);
	const lastReaders = new Map([[to, Number.POSITIVE_INFINITY]]);
	for (const [index, {inputs, outputs}] of [
		...graph.nodes.entries(),
	].toReversed()) {
		if (outputs.some((name) => lastReaders.has(name))) {
			for (const name of inputs.filter((each) => fed.has(each))) {
				lastReaders.set(name, lastReaders.get(name) ?? index);
			}
		}
	}

	const bottlenecks = new Set<string>();
	let stillRead = Math.max(
		...graph.inputs.map(({name}) => lastReaders.get(name) ?? 0),
	);
	for (const [index, {outputs}] of graph.nodes.entries()) {
		const leading = outputs.filter((name) => lastReaders.has(name));
		if (leading.length === 1 && stillRead <= index) {
			bottlenecks.add(leading[0]);
		}

		stillRead = Math.max(
			stillRead,
			...leading.map((name) => lastReaders.get(name)!),
		);
	}

	return bottlenecks;
};
