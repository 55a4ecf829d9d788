import type {Graph} from '../graph/graph.js';
import {addAdjoints, complete} from '../ops/adjoint/add.js';
import type {
	Adjoint,
	DenseAdjoint,
	SparseAdjoint,
} from '../ops/adjoint/adjoint.js';
import {densify, isCrowded, relax, seedSize} from '../ops/adjoint/dense.js';
import type {PendingAdjoint} from '../ops/adjoint/merge-rows.js';
import type {ReverseContext} from '../ops/adjoint/rule.js';
import type {Kernels} from '../ops/kernels.js';
import type {Step} from './path.js';

/** A step with the forward values of one image. */
type BoundStep = Step & {readonly context: ReverseContext};

/** What came back, by value: adjoints to be summed, and where that was enough, `[seeds, channels]` sums over space. */
type Walked = {
	readonly adjoints: ReadonlyMap<string, readonly Adjoint[]>;
	readonly pools: ReadonlyMap<string, readonly Float32Array[]>;
};

/** What has come back so far, by value, and is to be summed. */
type Parts = Map<string, Part[]>;

type Part = Adjoint | PendingAdjoint;

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
		},
	};
};

/**
Walks from a value's adjoint through all steps.

@param pooledEnds Values of which only sums over space are wanted.
@returns Undefined where dense adjoints of so many seeds would not fit into memory.
*/
export const walkSteps = async (
	steps: readonly BoundStep[],
	from: string,
	seed: Adjoint,
	pooledEnds: ReadonlySet<string>,
): Promise<Walked | undefined> => {
	const adjoints: Parts = new Map([[from, [seed]]]);
	const pools = new Map<string, Array<Promise<Float32Array>>>();
	for (const step of steps) {
		const {inputs, outputs} = step.view.node;
		const passing: Array<Adjoint | undefined> = [];
		for (const name of outputs) {
			// eslint-disable-next-line no-await-in-loop -- Each step needs the ones before.
			passing.push(await settle(adjoints, name));
		}

		if (passing.every((adjoint) => adjoint === undefined)) {
			continue;
		}

		const pooled = poolStep(step, passing, pooledEnds);
		// eslint-disable-next-line no-await-in-loop -- Each step needs the one before.
		const passed = pooled ? [] : await passStep(step, passing);
		if (!passed) {
			return undefined;
		}

		for (const index of step.wanted) {
			// Products that are asked for together run together, so sums are waited for at the end.
			push(pools, inputs[index], pooled?.get(index));
			push(adjoints, inputs[index], passed[index]);
		}
	}

	return {
		adjoints: await mapValues(adjoints, complete),
		pools: await mapValues(pools, async (sums) => Promise.all(sums)),
	};
};

const mapValues = async <Value, Result>(
	values: ReadonlyMap<string, Value>,
	work: (value: Value) => Promise<Result>,
): Promise<ReadonlyMap<string, Result>> => {
	const results = new Map<string, Result>();
	for (const [name, value] of values) {
		// eslint-disable-next-line no-await-in-loop -- All work is done on the same cores.
		results.set(name, await work(value));
	}

	return results;
};

const push = <Item>(
	lists: Map<string, Item[]>,
	name: string,
	item: Item | undefined,
): void => {
	if (item !== undefined) {
		lists.set(name, [...(lists.get(name) ?? []), item]);
	}
};

/** The adjoint of a value whose readers have all been visited, kept as the one item of its list. */
const settle = async (
	adjoints: Parts,
	name: string,
): Promise<Adjoint | undefined> => {
	const list = adjoints.get(name);
	if (!list) {
		return undefined;
	}

	const sum = addAdjoints(await complete(list));
	adjoints.set(name, [sum]);
	return sum;
};

/** Sums over space by input, where all that is wanted of a node are such sums, and it knows a short cut to them. */
const poolStep = (
	{rule, context, wanted, view}: BoundStep,
	[adjoint, ...others]: ReadonlyArray<Adjoint | undefined>,
	pooledEnds: ReadonlySet<string>,
): ReadonlyMap<number, Promise<Float32Array>> | undefined => {
	const indices = [...wanted];
	if (
		!rule.pooled ||
		others.length > 0 ||
		adjoint?.kind !== 'sparse' ||
		!indices.every((index) => pooledEnds.has(view.node.inputs[index]))
	) {
		return undefined;
	}

	const pools = new Map<number, Promise<Float32Array>>();
	for (const index of indices) {
		const pool = rule.pooled(context, adjoint, index);
		if (!pool) {
			return undefined;
		}

		// Who waits for it at the end hears of its failure; until then nobody needs to.
		pool.catch(() => undefined);
		pools.set(index, pool);
	}

	return pools;
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
		const pending = sparse[0] && rule.pending?.(context, sparse[0]);
		const passed = pending ? [pending] : await rule.sparse?.(context, sparse);
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
