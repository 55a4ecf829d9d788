import {findFed} from '../graph/dependence.js';
import type {Graph, Value} from '../graph/graph.js';
import {layoutsOf} from '../graph/pictures/layouts.js';
import {passingInputs, whyUnknown} from './passage.js';

/** A value that can be chosen as the layer to explain. */
export type Layer = Value & {
	/** The operator that computes it. */
	readonly opType: string;
};

/**
The values that can be explained, in network order: pictures `[1, channels, height, width]` for which the derivative of the logits is known.

A channels-last value is not such a picture; its transpose is listed instead. Nor are the heads of an attention layer. A value is left out when one of its paths to the logits passes a node with no known derivative, because that path would be missing from the sum.
*/
export const explainableValues = (
	graph: Graph,
	logits: string,
): readonly Layer[] => {
	const fed = findFed(graph);
	const layouts = layoutsOf(graph, logits);
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
					(layouts.get(name) ?? 'first') === 'first' &&
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
