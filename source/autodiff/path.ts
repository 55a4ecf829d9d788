import {ModelError} from '../errors.js';
import type {Graph, Node} from '../graph/graph.js';
import {findInfluenced} from '../graph/dependence.js';
import type {AdjointRule} from '../ops/rules/adjoint.js';
import {type NodeView, viewOf} from '../ops/node/view.js';
import {findOperator} from '../ops/find-operator.js';
import {passingInputs, whyNothing, whyUnknown} from './passage.js';

/** A node on the way from a value back to some layers. */
export type Step = {
	readonly view: NodeView;
	readonly rule: AdjointRule;
	/** Indices of the inputs that lead on to a layer. */
	readonly wanted: ReadonlySet<number>;
};

/**
The nodes between some layers and a value that depends on them, last first. They are ordered by their longest distance from the value, so that parallel branches advance side by side and their matrix products run together.

@throws {ModelError} If a layer has no influence on the value, or a node on the way has a derivative that is zero or not known.
*/
export const findPath = (
	graph: Graph,
	from: string,
	layers: readonly string[],
): readonly Step[] => {
	const influenced = findInfluenced(graph, layers, passingInputs);
	/** By value, the most nodes that lie between it and `from`. */
	const reached = new Map([[from, 0]]);
	const steps: Array<{readonly step: Step; readonly distance: number}> = [];
	for (const node of graph.nodes.toReversed()) {
		const distance = Math.max(
			...node.outputs.map((name) => reached.get(name) ?? -1),
		);
		if (distance < 0) {
			continue;
		}

		const wanted = passingInputs(graph, node).filter((index) =>
			influenced.has(node.inputs[index]),
		);
		if (wanted.length === 0) {
			continue;
		}

		const reason = whyUnknown(graph, node);
		if (reason !== undefined) {
			throw impassable(graph, node, reason, from);
		}

		steps.push({
			step: {
				view: viewOf(graph, node),
				rule: findOperator(node.opType)!.adjoint!,
				wanted: new Set(wanted),
			},
			distance,
		});
		for (const index of wanted) {
			const name = node.inputs[index];
			reached.set(name, Math.max(reached.get(name) ?? 0, distance + 1));
		}
	}

	const apart = layers.find((layer) => !reached.has(layer));
	if (apart !== undefined) {
		throw whyApart(graph, from, apart);
	}

	return steps
		.toSorted((a, b) => a.distance - b.distance)
		.map(({step}) => step);
};

/** The values that the derivative of `from` reaches. */
const findReached = (graph: Graph, from: string): ReadonlySet<string> => {
	const reached = new Set([from]);
	for (const node of graph.nodes.toReversed()) {
		if (node.outputs.some((name) => reached.has(name))) {
			for (const index of passingInputs(graph, node)) {
				reached.add(node.inputs[index]);
			}
		}
	}

	return reached;
};

/** Says that a layer has no influence, or names the node that blocks its derivative. */
const whyApart = (graph: Graph, from: string, layer: string): ModelError => {
	const influenced = findInfluenced(graph, [layer]);
	const reached = findReached(graph, from);
	const blocking = graph.nodes.findLast(
		(node) =>
			node.inputs.some((name) => influenced.has(name)) &&
			node.outputs.some((name) => reached.has(name)) &&
			!passingInputs(graph, node).some((index) =>
				influenced.has(node.inputs[index]),
			),
	);
	return blocking && influenced.has(from)
		? impassable(graph, blocking, whyNothing(blocking), from)
		: new ModelError(
				`Layer ${layer} has no influence on ${from}; choose one of the values that the command "layers" lists`,
			);
};

/** Names a blocking node, and the first value behind it that can be explained. */
const impassable = (
	graph: Graph,
	node: Node,
	reason: string,
	from: string,
): ModelError => {
	const reached = findReached(graph, from);
	const behind = graph.nodes
		.slice(graph.nodes.indexOf(node))
		.flatMap(({outputs}) => outputs)
		.find((name) => reached.has(name));
	return new ModelError(
		`No derivative passes node ${node.name}: ${reason}; the last value that can be explained is ${behind ?? from}, so choose a layer behind it`,
	);
};
