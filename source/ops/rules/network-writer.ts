import type {Node, Value} from '../../graph/graph.js';
import type {Shape, Tensor} from '../../graph/tensor.js';

/** A network under construction; operators infer the shapes of its values. */
export type NetworkWriter = {
	readonly nodes: readonly Node[];
	readonly values: ReadonlyMap<string, Value>;
	readonly constants: ReadonlyMap<string, Tensor>;
	/** Declares an input; returns its name. */
	readonly declare: (name: string, shape: Shape) => string;
	/** Adds a constant, named automatically unless a name is given; returns the name. */
	readonly add: (tensor: Tensor, name?: string) => string;
	/** Adds a node, named automatically; returns the names of its outputs. */
	readonly write: (
		node: Pick<Node, 'opType' | 'inputs'> & Partial<Node>,
	) => readonly string[];
};

/** Writes the sum of values of equal shape; returns its name. */
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
