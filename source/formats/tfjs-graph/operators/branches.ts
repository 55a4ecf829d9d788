import {ModelError} from '../../../errors.js';
import type {Node} from '../../../graph/graph.js';
import {tensorOf} from '../../../graph/tensor.js';
import type {GraphOperators, GraphWriter} from './operator.js';

/**
Whether a node belongs to a branch that is not taken, since it reads from one; nothing has to be written for it then.

Conditions are known once the input size is, if they ask for a size or whether the network is being trained. A Switch passes its value to one of two branches, and a Merge takes the value of the branch that has one.
*/
export const isDead = (
	{dead}: GraphWriter,
	{opType, inputs, outputs}: Node,
): boolean => {
	const reads = inputs.filter((input) => dead.has(input));
	const found =
		opType === 'Merge' ? reads.length === inputs.length : reads.length > 0;
	for (const output of found ? outputs : []) {
		dead.add(output);
	}

	return found;
};

/** Operators that lead into two branches, and out of them. */
export const branchOperators: GraphOperators = {
	Merge(writer, {name, inputs, outputs: [output, which]}) {
		const alive = inputs.filter((input) => !writer.dead.has(input));
		if (alive.length !== 1) {
			throw new ModelError(
				`Node ${name} (Merge) takes one of ${alive.length} values (${alive.join(', ')}), and which one cannot be told; convert the model again without conditions, or choose an output before it with --output`,
			);
		}

		writer.same(output, alive[0]);
		if (which !== undefined) {
			writer.addConstant(
				which,
				tensorOf('int32', [inputs.indexOf(alive[0])], []),
			);
		}
	},
	Switch(writer, {name, inputs: [x, condition], outputs}) {
		const known = writer.constant(condition);
		if (!known) {
			throw new ModelError(
				`Node ${name} is the operator Switch of TensorFlow, which is control flow, and its condition (${condition}) is computed while the network runs; convert the model again without conditions, or choose an output before it with --output`,
			);
		}

		const taken = Number(known.data[0]) === 0 ? 0 : 1;
		for (const [index, output] of outputs.entries()) {
			if (index === taken) {
				writer.same(output, x);
			} else {
				writer.dead.add(output);
			}
		}
	},
};
