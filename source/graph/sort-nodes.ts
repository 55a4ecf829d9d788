import {ModelError} from '../errors.js';
import type {Node} from './graph.js';

/** Which node writes each value. @throws {ModelError} If two write the same one. */
export const producersOf = <Each extends Node>(
	nodes: readonly Each[],
): ReadonlyMap<string, Each> => {
	const producers = new Map<string, Each>();
	for (const node of nodes) {
		for (const output of node.outputs.filter(Boolean)) {
			const other = producers.get(output);
			if (other) {
				throw new ModelError(
					`The value "${output}" is written by two nodes, ${other.name} and ${node.name}; export the model again`,
				);
			}

			producers.set(output, node);
		}
	}

	return producers;
};

/**
The nodes that the wanted values depend on, each after the ones it reads from; the others are left out.

@throws {ModelError} If the nodes lead back to themselves, or two write the same value.
*/
export const sortNodes = <Each extends Node>(
	nodes: readonly Each[],
	wanted: readonly string[],
): readonly Each[] => {
	const producers = producersOf(nodes);
	const sorted = new Set<Each>();
	const open = new Set<Each>();
	// A stack of its own: networks can be deeper than JavaScript's.
	const stack: Each[] = [];
	const push = (value: string) => {
		const node = producers.get(value);
		if (!node || sorted.has(node)) {
			return;
		}

		if (open.has(node)) {
			throw new ModelError(
				`The nodes of the model form a cycle through ${node.name}; export the model again`,
			);
		}

		stack.push(node);
	};

	for (const value of wanted) {
		push(value);
		while (stack.length > 0) {
			const node = stack.at(-1)!;
			if (open.has(node) || sorted.has(node)) {
				stack.pop();
				open.delete(node);
				sorted.add(node);
				continue;
			}

			open.add(node);
			for (const input of node.inputs.toReversed()) {
				push(input);
			}
		}
	}

	return [...sorted];
};
