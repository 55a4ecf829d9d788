import type {Node, Value} from '../graph/graph.js';
import type {Shape, Tensor} from '../graph/tensor.js';

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
