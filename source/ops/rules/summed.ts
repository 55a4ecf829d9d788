import type {NodeView} from '../node/view.js';
import type {NetworkWriter} from './network-writer.js';

/** What a rule may read of a node, and how it writes the nodes that compute a sum; values go by name. */
export type SummedContext = NodeView &
	Pick<NetworkWriter, 'values' | 'add' | 'write'> & {
		/** The sum over space of input `index`, `[N, C, 1, …]`. */
		readonly sum: (index: number) => string;
	};

/** How the sum over space of a node's one output, `[N, C, 1, …]`, is computed without the output itself; undefined where it can't be. */
export type SummedRule = (context: SummedContext) => string | undefined;
