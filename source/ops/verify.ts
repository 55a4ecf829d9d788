import {ModelError} from '../errors.js';
import type {Graph} from '../graph/graph.js';
import type {Shape} from '../graph/tensor.js';
import {findOperator} from './find-operator.js';
import {viewOf} from './node/view.js';

const isSame = (a: Shape, b: Shape) =>
	a.length === b.length && a.every((size, axis) => size === b[axis]);

/**
Checks that a graph is consistent: every value is written once and before it is read, every operator is known, and every type and shape is what its operator infers.

@throws {ModelError} If it is not.
*/
export const verify = (graph: Graph): void => {
	const written = new Set([
		...graph.inputs.map(({name}) => name),
		...graph.constants.keys(),
	]);
	for (const node of graph.nodes) {
		const unread = node.inputs.find(
			(name) => name !== '' && !written.has(name),
		);
		if (unread !== undefined) {
			throw new ModelError(
				`Node ${node.name} reads "${unread}" before anything writes it; export the model again`,
			);
		}

		const inferred = findOperator(node.opType)?.infer(viewOf(graph, node));
		for (const [index, name] of node.outputs.entries()) {
			if (name === '') {
				continue;
			}

			const {type, shape} = inferred?.[index] ?? {type: undefined, shape: []};
			const value = graph.values.get(name);
			if (!value || value.type !== type || !isSame(value.shape, shape)) {
				throw new ModelError(
					`Node ${node.name} (${node.opType}) writes ${type ?? 'nothing'} [${shape.join(', ')}] to "${name}", which is ${value?.type ?? 'nothing'} [${(value?.shape ?? []).join(', ')}]; export the model again`,
				);
			}

			if (written.has(name)) {
				throw new ModelError(
					`The value "${name}" is written twice, the second time by ${node.name}; export the model again`,
				);
			}

			written.add(name);
		}
	}

	const missing = graph.outputs.find((name) => !written.has(name));
	if (missing !== undefined) {
		throw new ModelError(
			`Nothing writes the output "${missing}"; export the model again`,
		);
	}
};
