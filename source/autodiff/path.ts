import {ModelError} from '../errors.js';
import type {Graph, Node} from '../graph/graph.js';
import type {AdjointRule} from '../ops/adjoint/rule.js';
import type {NodeView} from '../ops/operator.js';
import {findOperator} from '../ops/table.js';
import {viewOf} from '../ops/view.js';

/** A node that derivatives pass on their way from a value back to some layers. */
export type Step = {
	readonly view: NodeView;
	readonly rule: AdjointRule;
	/** Indices of the inputs that lead on to a layer. */
	readonly wanted: ReadonlySet<number>;
};

/**
The nodes between some layers and a value that depends on them, last first.

@throws {ModelError} where a layer has no influence on the value, or a node on the way passes no derivative.
*/
export const findPath = (
	graph: Graph,
	from: string,
	layers: readonly string[],
): readonly Step[] => {
	const influenced = findInfluenced(graph, layers);
	const needed = new Set([from]);
	const reached = new Set([from]);
	const steps: Step[] = [];
	for (const node of graph.nodes.toReversed()) {
		if (!node.outputs.some((name) => needed.has(name))) {
			continue;
		}

		const wanted = node.inputs.flatMap((name, index) =>
			influenced.has(name) ? [index] : [],
		);
		if (wanted.length === 0) {
			continue;
		}

		steps.push({
			view: viewOf(graph, node),
			rule: ruleOf(node),
			wanted: new Set(wanted),
		});
		for (const index of wanted) {
			needed.add(node.inputs[index]);
			reached.add(node.inputs[index]);
		}
	}

	const apart = layers.find((layer) => !reached.has(layer));
	if (apart !== undefined) {
		throw new ModelError(
			`Layer ${apart} has no influence on ${from}; choose one of the values that the command "layers" lists`,
		);
	}

	return steps;
};

/** The layers, and every value that is computed from one of them. */
const findInfluenced = (
	graph: Graph,
	layers: readonly string[],
): ReadonlySet<string> => {
	const influenced = new Set(layers);
	for (const node of graph.nodes) {
		if (node.inputs.some((name) => influenced.has(name))) {
			for (const output of node.outputs) {
				influenced.add(output);
			}
		}
	}

	return influenced;
};

/** @throws {ModelError} where the operator passes no derivative. */
const ruleOf = (node: Node): AdjointRule => {
	const operator = findOperator(node.opType);
	if (!operator?.adjoint) {
		const reason =
			operator?.blocks ?? `${node.opType} has no derivative that is known`;
		throw new ModelError(
			`No derivative passes node ${node.name}: ${reason}; the last value that can be explained is ${node.outputs[0]}, so choose a layer behind it`,
		);
	}

	return operator.adjoint;
};
