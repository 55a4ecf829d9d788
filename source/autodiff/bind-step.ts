import type {Graph} from '../graph/graph.js';
import type {Lend} from '../ops/adjoint/borrow.js';
import type {ReverseContext} from '../ops/adjoint/rule.js';
import type {Kernels} from '../ops/kernels.js';
import type {Step} from './path.js';

/** A step with the forward values of one image. */
export type BoundStep = Step & {
	/** What the rule may know, in a walk that lends arrays like this. */
	readonly contextOf: (lend: Lend) => ReverseContext;
};

/** Gives a step what the forward pass left behind. */
export const bindStep = (
	{constants}: Graph,
	step: Step,
	{
		values,
		kernels,
	}: {
		readonly values: ReadonlyMap<string, Float32Array>;
		readonly kernels: Kernels;
	},
): BoundStep => {
	const {view, wanted} = step;
	const {node, inputs, outputs, constant} = view;
	const read = (name: string): Float32Array => {
		const value = values.get(name) ?? constants.get(name)?.data;
		if (!(value instanceof Float32Array)) {
			throw new TypeError(`${node.name} reads ${name}, which was not fetched`);
		}

		return value;
	};

	const input = (index: number) => read(node.inputs[index]);
	const output = (index: number) => read(node.outputs[index]);
	const isWanted = (index: number) => wanted.has(index);
	return {
		...step,
		// Listed one by one, since every walk makes it and spreading takes microseconds.
		contextOf: (lend) => ({
			node,
			inputs,
			outputs,
			constant,
			input,
			output,
			wanted: isWanted,
			kernels,
			lend,
		}),
	};
};
