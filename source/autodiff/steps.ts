import type {Graph} from '../graph/graph.js';
import {addAdjoints, complete} from '../ops/adjoint/add.js';
import type {
	Adjoint,
	DenseAdjoint,
	SparseAdjoint,
} from '../ops/adjoint/adjoint.js';
import {type Lend, newArray} from '../ops/adjoint/borrow.js';
import {densify, isCrowded, relax, seedSize} from '../ops/adjoint/dense.js';
import type {PendingList} from '../ops/adjoint/merge-rows.js';
import type {PendingSums} from '../ops/adjoint/sum-rows.js';
import type {ReverseContext} from '../ops/adjoint/rule.js';
import type {Kernels} from '../ops/kernels.js';
import type {Step} from './path.js';
import {onlyPending, overwriteRows, type Part, readOnce} from './pending.js';

/** A step with the forward values of one image. */
type BoundStep = Step & {readonly context: ReverseContext};

/** What came back, by value, and is to be summed: adjoints, and where that was enough, their sums over space. */
export type Walked = {
	readonly adjoints: ReadonlyMap<string, readonly Part[]>;
	readonly pools: ReadonlyMap<string, readonly PendingSums[]>;
};

/** Elements of one adjoint, a gigabyte, beyond which several seeds do not walk together. */
const largestAdjoint = 2 ** 28;

const outgrows = (adjoint: Adjoint): boolean =>
	adjoint.seeds > 1 && adjoint.seeds * seedSize(adjoint) > largestAdjoint;

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
	const {node} = view;
	const read = (name: string): Float32Array => {
		const value = values.get(name) ?? constants.get(name)?.data;
		if (!(value instanceof Float32Array)) {
			throw new TypeError(`${node.name} reads ${name}, which was not fetched`);
		}

		return value;
	};

	return {
		...step,
		context: {
			...view,
			input: (index) => read(node.inputs[index]),
			output: (index) => read(node.outputs[index]),
			wanted: (index) => wanted.has(index),
			kernels,
			lend: newArray,
		},
	};
};

/**
Walks from a value's adjoint through all steps.

@param pooledEnds Values of which only sums over space are wanted.
@param lend Where arrays come from, if all that is answered is read before they are given back.
@returns Undefined where dense adjoints of so many seeds would not fit into memory.
*/
export const walkSteps = async (
	steps: readonly BoundStep[],
	from: string,
	seed: Adjoint,
	{
		pooledEnds,
		lend = newArray,
	}: {readonly pooledEnds: ReadonlySet<string>; readonly lend?: Lend},
): Promise<Walked | undefined> => {
	const adjoints = new Map<string, readonly Part[]>([[from, [seed]]]);
	const pools = new Map<string, readonly PendingSums[]>();
	for (const bound of steps) {
		const step = {...bound, context: {...bound.context, lend}};
		/* eslint-disable no-await-in-loop -- Each step needs the ones before. */
		const {inputs, outputs} = step.view.node;
		const pending = onlyPending(adjoints.get(outputs[0]));
		if (pending && step.rule.overwrite) {
			add(adjoints, inputs[0], [overwriteRows(step, pending)]);
			continue;
		}

		const sums = await poolStep(
			step,
			pending ?? (await settle(adjoints, outputs[0], lend)),
			pooledEnds,
		);
		if (sums) {
			for (const [index, parts] of sums) {
				add(pools, inputs[index], parts);
			}

			continue;
		}

		const passing: Array<Adjoint | undefined> = [];
		for (const name of outputs) {
			passing.push(await settle(adjoints, name, lend));
		}

		if (passing.every((adjoint) => adjoint === undefined)) {
			continue;
		}

		const passed = await passStep(step, passing);
		if (!passed) {
			return undefined;
		}

		for (const index of step.wanted) {
			const part = passed[index];
			add(adjoints, inputs[index], part ? [part] : []);
		}
		/* eslint-enable no-await-in-loop */
	}

	return {adjoints, pools};
};

const add = <Item>(
	lists: Map<string, readonly Item[]>,
	name: string,
	items: readonly Item[],
): void => {
	if (items.length > 0) {
		lists.set(name, [...(lists.get(name) ?? []), ...items]);
	}
};

/** The adjoint of a value whose readers have all been visited, kept as the one item of its list. */
const settle = async (
	adjoints: Map<string, readonly Part[]>,
	name: string,
	lend: Lend,
): Promise<Adjoint | undefined> => {
	const list = adjoints.get(name);
	if (!list) {
		return undefined;
	}

	const sum = addAdjoints(await complete(list, lend), lend);
	adjoints.set(name, [sum]);
	return sum;
};

/** Sums over space by input, where all that is wanted of a node are such sums, and it knows a short cut to them. */
const poolStep = async (
	{rule: {pooled}, context, wanted, view}: BoundStep,
	adjoint: Adjoint | PendingList | undefined,
	pooledEnds: ReadonlySet<string>,
): Promise<ReadonlyMap<number, readonly PendingSums[]> | undefined> => {
	const {inputs, outputs} = view.node;
	const indices = [...wanted];
	if (
		!pooled ||
		!adjoint ||
		outputs.length > 1 ||
		!indices.every((index) => pooledEnds.has(inputs[index]))
	) {
		return undefined;
	}

	const sum = (sparse: SparseAdjoint) => {
		const sums = new Map<number, readonly PendingSums[]>();
		for (const index of indices) {
			const parts = pooled(context, sparse, index);
			if (!parts) {
				return undefined;
			}

			sums.set(index, parts);
		}

		return sums;
	};

	if ('write' in adjoint) {
		return readOnce(adjoint, sum);
	}

	return adjoint.kind === 'sparse' ? sum(adjoint) : undefined;
};

/** Sparse as long as all adjoints are, the rule can keep them so, and they leave most of the space empty. */
const passStep = async (
	{rule, context}: BoundStep,
	adjoints: ReadonlyArray<Adjoint | undefined>,
): Promise<ReadonlyArray<Part | undefined> | undefined> => {
	const sparse = adjoints.filter(
		(adjoint): adjoint is SparseAdjoint | undefined =>
			adjoint === undefined ||
			(adjoint.kind === 'sparse' && !isCrowded(adjoint)),
	);
	if (sparse.length === adjoints.length) {
		const passed =
			(sparse[0] && rule.pending?.(context, sparse[0])) ??
			(await rule.sparse?.(context, sparse));
		if (passed) {
			return passed;
		}
	}

	if (adjoints.some((adjoint) => adjoint && outgrows(adjoint))) {
		return undefined;
	}

	const dense: ReadonlyArray<DenseAdjoint | undefined> = adjoints.map(
		(adjoint) => adjoint && densify(adjoint),
	);
	const passed = await rule.dense(context, dense);
	return passed.map((adjoint) => adjoint && relax(adjoint));
};
