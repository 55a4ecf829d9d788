import {channelsLast} from '../graph/pictures/channels-last.js';
import {findFed} from '../graph/dependence.js';
import type {Graph, Value} from '../graph/graph.js';
import {passingInputs, whyUnknown} from './passage.js';

/** A value that can be asked for as a layer. */
export type Layer = Value & {
	/** The operator that writes it. */
	readonly opType: string;
};

/**
The values that can be explained, in the network's order: pictures `[1, channels, height, width]` with the logits' derivative known.

A value whose channels are last is no such picture; of it, what is turned is listed. A value of which one way to the logits leads through a node whose derivative is not known is left out, since that way would be missing from the sum.
*/
export const explainableValues = (
	graph: Graph,
	logits: string,
): readonly Layer[] => {
	const fed = findFed(graph);
	const turned = channelsLast(graph);
	const reaching = new Set([logits]);
	const cut = new Set<string>();
	for (const node of graph.nodes.toReversed()) {
		const leading = node.outputs.filter((name) => reaching.has(name));
		if (leading.length === 0) {
			continue;
		}

		const isCut =
			whyUnknown(graph, node) !== undefined ||
			leading.some((name) => cut.has(name));
		for (const index of passingInputs(graph, node)) {
			reaching.add(node.inputs[index]);
			if (isCut) {
				cut.add(node.inputs[index]);
			}
		}
	}

	return graph.nodes.flatMap(({opType, outputs}) =>
		outputs
			.filter(
				(name) =>
					name !== logits &&
					fed.has(name) &&
					!turned.has(name) &&
					reaching.has(name) &&
					!cut.has(name),
			)
			.map((name) => ({...graph.values.get(name)!, opType}))
			.filter(
				({type, shape}) =>
					type === 'float32' && shape.length === 4 && shape[0] === 1,
			),
	);
};
