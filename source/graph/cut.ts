import {ModelError} from '../errors.js';
import type {Graph} from './graph.js';
import {prune} from './prune.js';

/**
The part of a network between some values and others, as a network of its own: `from` is fed, `to` comes out.

@throws {ModelError} When a value is not there, or when `to` depends on an input that `from` does not stand before.
*/
export const cut = (
	graph: Graph,
	from: readonly string[],
	to: readonly string[],
): Graph => {
	const missing = [...from, ...to].find((name) => !graph.values.has(name));
	if (missing !== undefined) {
		throw new ModelError(
			`The network has no value "${missing}"; the command "layers" lists those there are`,
		);
	}

	const fed = new Set(from);
	const part = prune({
		...graph,
		inputs: from.map((name) => graph.values.get(name)!),
		outputs: to,
		nodes: graph.nodes.filter(
			({outputs}) => !outputs.some((name) => fed.has(name)),
		),
	});
	const open = part.nodes
		.flatMap(({inputs}) => inputs)
		.find(
			(name) =>
				graph.inputs.some((input) => input.name === name) && !fed.has(name),
		);
	if (open !== undefined) {
		throw new ModelError(
			`The input "${open}" also leads to ${to.join(', ')}; cut it off too`,
		);
	}

	return part;
};
