import type {Graph} from '../../graph/graph.js';
import type {Allocate} from '../../ops/adjoint/scratch.js';
import type {ReverseContext} from '../../ops/rules/adjoint.js';
import type {Kernels} from '../../ops/rules/kernels.js';
import type {Step} from '../path.js';

/** A step together with one image's forward values. */
export type BoundStep = Step & {
	/** What the rule may read, in a walk that allocates its arrays like this. */
	readonly contextOf: (allocate: Allocate) => ReverseContext;
};

/** Binds a step to one image's forward values. */
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
		// Spelled out because every walk builds one, and a spread takes microseconds.
		contextOf: (allocate) => ({
			node,
			inputs,
			outputs,
			constant,
			input,
			output,
			wanted: isWanted,
			kernels,
			allocate,
		}),
	};
};
