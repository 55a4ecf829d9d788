import {ModelError} from '../errors.js';
import type {Graph, Node, Value} from '../graph/graph.js';
import type {Shape} from '../graph/tensor.js';
import {findOperator} from './find-operator.js';
import {viewOf} from './node/view.js';

/** Whether a node works along the batch axis, which would mix the inputs of a batch. */
const worksAlongBatch = ({attributes}: Node, rank: number): boolean => {
	const axes = [attributes.axis, attributes.axes].flat();
	return axes.some((axis) => axis === 0 || axis === -rank);
};

const isSame = (a: Shape, b: Shape) =>
	a.length === b.length && a.every((size, axis) => size === b[axis]);

/**
The same network for a batch: every value that depends on the inputs gets `count` as its leading size.

@param several Names of the inputs that differ within the batch; it shares the others.
@returns Undefined where the network fixes its batch size, as a Reshape to `[1, …]` does, or mixes along it.
*/
export const withBatch = (
	graph: Graph,
	count: number,
	several: readonly string[] = graph.inputs.map(({name}) => name),
): Graph | undefined => {
	if (count === 1) {
		return graph;
	}

	const widen = (value: Value): Value => ({
		...value,
		shape: [count, ...value.shape.slice(1)],
	});
	const fed = new Set(several);
	const inputs = graph.inputs.map((value) =>
		fed.has(value.name) ? widen(value) : value,
	);
	const values = new Map(graph.values);
	for (const input of inputs) {
		values.set(input.name, input);
	}

	for (const node of graph.nodes) {
		if (!node.inputs.some((name) => fed.has(name))) {
			continue;
		}

		const inferred = inferOutputs({...graph, values}, node);
		if (!inferred) {
			return undefined;
		}

		for (const [index, name] of node.outputs.entries()) {
			if (name === '') {
				continue;
			}

			const value = widen(graph.values.get(name)!);
			if (
				graph.values.get(name)!.shape[0] !== 1 ||
				worksAlongBatch(node, value.shape.length) ||
				!isSame(inferred[index], value.shape)
			) {
				return undefined;
			}

			values.set(name, value);
			fed.add(name);
		}
	}

	return {...graph, inputs, values};
};

/** The shapes that a node writes; undefined where its attributes do not fit the batch. */
const inferOutputs = (
	graph: Graph,
	node: Node,
): readonly Shape[] | undefined => {
	try {
		return findOperator(node.opType)!
			.infer(viewOf(graph, node))
			.map(({shape}) => shape);
	} catch (error) {
		if (error instanceof ModelError) {
			return undefined;
		}

		throw error;
	}
};
