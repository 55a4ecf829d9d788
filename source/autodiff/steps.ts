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
import type {ReverseContext} from '../ops/adjoint/rule.js';
import type {Kernels} from '../ops/kernels.js';
import type {Step} from './path.js';
import {onlyPending, overwriteRows, type Part, readOnce} from './pending.js';

/** A step with the forward values of one image. */
type BoundStep = Step & {
	/** What the rule may know, in a walk that lends arrays like this. */
	readonly contextOf: (lend: Lend) => ReverseContext;
};

/** A step in a walk. */
export type WalkedStep = Step & {readonly context: ReverseContext};

/** What came back, by value, and is to be summed: adjoints, and where there was a short cut, what was wanted of them. */
export type Walked<Answer> = {
	readonly adjoints: ReadonlyMap<string, readonly Part[]>;
	readonly answers: ReadonlyMap<string, readonly Answer[]>;
};

/** Knows what is wanted of the adjoints of some values without placing their rows. */
export type ShortCut<Answer> = {
	/** Values of whose adjoints nothing else is wanted. */
	readonly ends: ReadonlySet<string>;
	/** How a step answers; undefined where it knows no short cut at all. */
	readonly of: (step: WalkedStep) => Shorten<Answer> | undefined;
};

/** Answers for input `index`, or that there is no short cut for this adjoint, whose rows are gone then. */
type Shorten<Answer> = (
	adjoint: SparseAdjoint,
	index: number,
) => Answer | undefined | Promise<Answer | undefined>;

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

/**
Walks from a value's adjoint through all steps.

@param lend Where arrays come from, if all that is answered is read before they are given back.
@returns Undefined where dense adjoints of so many seeds would not fit into memory.
*/
export const walkSteps = async <Answer>(
	steps: readonly BoundStep[],
	from: string,
	seed: Adjoint,
	{
		shortCut,
		lend = newArray,
	}: {readonly shortCut?: ShortCut<Answer>; readonly lend?: Lend} = {},
): Promise<Walked<Answer> | undefined> => {
	const adjoints = new Map<string, readonly Part[]>([[from, [seed]]]);
	const answers = new Map<string, readonly Answer[]>();
	for (const {view, rule, wanted, contextOf} of steps) {
		const step = {view, rule, wanted, context: contextOf(lend)};
		/* eslint-disable no-await-in-loop -- Each step needs the ones before. */
		const {inputs, outputs} = view.node;
		const pending = onlyPending(adjoints.get(outputs[0]));
		if (pending && rule.overwrite) {
			add(adjoints, inputs[0], [overwriteRows(step, pending)]);
			continue;
		}

		const shorten = shortCut && findShortCut(step, shortCut);
		const found =
			shorten &&
			(await cutShort(
				wanted,
				pending ?? (await settle(adjoints, outputs[0], lend)),
				shorten,
			));
		if (found) {
			for (const [index, answer] of found) {
				add(answers, inputs[index], [answer]);
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

		for (const index of wanted) {
			const part = passed[index];
			add(adjoints, inputs[index], part ? [part] : []);
		}
		/* eslint-enable no-await-in-loop */
	}

	return {adjoints, answers};
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

/** The short cut of a step, if nothing else is wanted of it. */
const findShortCut = <Answer>(
	step: WalkedStep,
	{ends, of}: ShortCut<Answer>,
): Shorten<Answer> | undefined => {
	const {inputs, outputs} = step.view.node;
	return outputs.length === 1 &&
		[...step.wanted].every((index) => ends.has(inputs[index]))
		? of(step)
		: undefined;
};

/** What is wanted, by input, if there is a short cut to all of it. */
const cutShort = async <Answer>(
	wanted: ReadonlySet<number>,
	adjoint: Adjoint | PendingList | undefined,
	shorten: Shorten<Answer>,
): Promise<ReadonlyMap<number, Answer> | undefined> => {
	const answer = async (sparse: SparseAdjoint) => {
		const answers = new Map<number, Answer>();
		for (const index of wanted) {
			// eslint-disable-next-line no-await-in-loop -- All products run on the same cores.
			const found = await shorten(sparse, index);
			if (found === undefined) {
				return undefined;
			}

			answers.set(index, found);
		}

		return answers;
	};

	if (adjoint && 'write' in adjoint) {
		return readOnce(adjoint, answer);
	}

	return adjoint?.kind === 'sparse' ? answer(adjoint) : undefined;
};

/** Sparse as long as all adjoints are, the rule can keep them so, and they leave most of the space empty. */
const passStep = async (
	{rule, context}: WalkedStep,
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
