import type {Graph, Node, Value} from '../graph/graph.js';
import type {Shape, Tensor} from '../graph/tensor.js';
import {findOperator} from './table.js';
import {viewOf} from './view.js';

/** A network in the making; the shapes of what its nodes write follow from their operators. */
export type NetworkWriter = {
	readonly nodes: readonly Node[];
	readonly values: ReadonlyMap<string, Value>;
	readonly constants: ReadonlyMap<string, Tensor>;
	/** Names a value that will be fed, and answers the name. */
	readonly declare: (name: string, shape: Shape) => string;
	/** Adds a tensor, under a name of its own where none is given, and answers the name. */
	readonly add: (tensor: Tensor, name?: string) => string;
	/** Adds a node under names of its own, and answers its outputs. */
	readonly write: (
		node: Pick<Node, 'opType' | 'inputs'> & Partial<Node>,
	) => readonly string[];
};

/** Writes the sum of some values of one shape. */
export const addAll = (
	{write}: Pick<NetworkWriter, 'write'>,
	[first, ...others]: readonly string[],
): string => {
	let total = first;
	for (const other of others) {
		[total] = write({opType: 'Add', inputs: [total, other]});
	}

	return total;
};

/**
Begins a network.

@param noun What it writes, the first word of every name: "change", "adjoint".
@param read Values and constants that its nodes may read.
*/
export const createWriter = (
	noun: string,
	read?: Pick<Graph, 'values' | 'constants'>,
): NetworkWriter => {
	const nodes: Node[] = [];
	const values = new Map(read?.values);
	const constants = new Map(read?.constants);
	const declare = (name: string, shape: Shape): string => {
		values.set(name, {name, type: 'float32', shape});
		return name;
	};

	return {
		nodes,
		values,
		constants,
		declare,
		add(tensor, name = `constant ${constants.size} of ${noun}s`) {
			constants.set(name, tensor);
			values.set(name, {name, type: tensor.type, shape: tensor.shape});
			return name;
		},
		write({attributes = {}, outputs: written = [], ...node}) {
			const name = `${noun} ${nodes.length}`;
			const draft: Node = {...node, name, attributes, outputs: written};
			const shapes = findOperator(node.opType)!
				.infer(viewOf({values, constants}, draft))
				.map(({shape}) => shape);
			const outputs = shapes.map((shape, at) =>
				declare(`${name} ${at}`, shape),
			);
			nodes.push({...draft, outputs});
			return outputs;
		},
	};
};
