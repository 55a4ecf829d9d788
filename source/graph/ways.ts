import type {Graph} from './graph.js';

/** The values that depend on what is fed. */
export const findFed = ({inputs, nodes}: Graph): ReadonlySet<string> => {
	const fed = new Set(inputs.map(({name}) => name));
	for (const node of nodes) {
		if (node.inputs.some((name) => fed.has(name))) {
			for (const name of node.outputs) {
				fed.add(name);
			}
		}
	}

	return fed;
};

/** The values that every way from the input to a value passes: no other is still to be read when one of them is written. */
export const findNarrows = (graph: Graph, to: string): ReadonlySet<string> => {
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

	const narrows = new Set<string>();
	let stillRead = Math.max(
		...graph.inputs.map(({name}) => lastReaders.get(name) ?? 0),
	);
	for (const [index, {outputs}] of graph.nodes.entries()) {
		const leading = outputs.filter((name) => lastReaders.has(name));
		if (leading.length === 1 && stillRead <= index) {
			narrows.add(leading[0]);
		}

		stillRead = Math.max(
			stillRead,
			...leading.map((name) => lastReaders.get(name)!),
		);
	}

	return narrows;
};
