import {ModelError} from '../../errors.js';
import type {Graph, Node} from '../../graph/graph.js';
import type {Lowering} from '../../ops/rules/lowering.js';
import {type NodeView, viewOf} from '../../ops/node/view.js';
import {findOperator} from '../../ops/find-operator.js';

/** One node, ready to be applied. */
export type Step = {
	readonly view: NodeView;
	readonly lowering: Lowering;
};

/** Every node of a network, in the order they run in. @throws {ModelError} If TensorFlow.js lacks an operator. */
export const planSteps = (
	graph: Graph,
	fetches: readonly string[],
): readonly Step[] =>
	neededSteps(
		graph.nodes.map((node) => ({view: viewOf(graph, node)})),
		fetches,
	).map(({view}) => ({view, lowering: loweringOf(view.node)}));

/** The steps that compute these values. */
export const neededSteps = <Each extends Pick<Step, 'view'>>(
	steps: readonly Each[],
	fetches: readonly string[],
): readonly Each[] => {
	const needed = new Set(fetches);
	const kept: Each[] = [];
	for (const step of steps.toReversed()) {
		const {inputs, outputs} = step.view.node;
		if (outputs.some((name) => needed.has(name))) {
			kept.push(step);
			for (const name of inputs) {
				needed.add(name);
			}
		}
	}

	return kept.toReversed();
};

const loweringOf = (node: Node): Lowering => {
	const lowering = findOperator(node.opType)?.lower;
	if (!lowering) {
		throw new ModelError(
			`Node ${node.name}: TensorFlow.js has nothing for ${node.opType}; use --runtime onnxruntime`,
		);
	}

	return lowering;
};

/** How many reads each value has: one for each node, and one more where it is fetched. */
export const countReads = (
	steps: readonly Step[],
	fetches: readonly string[],
): Map<string, number> => {
	const reads = new Map<string, number>();
	const names = [...steps.flatMap(({view}) => view.node.inputs), ...fetches];
	for (const name of names) {
		reads.set(name, (reads.get(name) ?? 0) + 1);
	}

	return reads;
};
