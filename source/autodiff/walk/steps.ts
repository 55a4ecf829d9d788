import {addAdjoints, complete} from '../../ops/adjoint/add.js';
import type {Adjoint, SparseAdjoint} from '../../ops/adjoint/adjoint.js';
import {type Allocate, newArray} from '../../ops/adjoint/scratch.js';
import type {PendingList} from '../../ops/adjoint/merge-rows.js';
import type {ReverseContext} from '../../ops/rules/adjoint.js';
import type {Finished, TailWalk} from '../linear/dense-tail.js';
import type {Step} from '../path.js';
import {passDense, passSparse} from './pass-step.js';
import type {BoundStep} from './bind-step.js';
import {outgrows} from './groups.js';
import {onlyPending, overwriteRows, type Part, readOnce} from './pending.js';

/** A step bound to an image and a walk. */
export type WalkedStep = Step & {readonly context: ReverseContext};

/** What a walk found, by value: contributions to its adjoint, and the answers of short cuts. Both are still to be summed. */
export type Walked<Answer> = {
	readonly adjoints: ReadonlyMap<string, readonly Part[]>;
	readonly answers: ReadonlyMap<string, readonly Answer[]>;
};

/** Computes what is wanted of some values' adjoints without scattering rows into them. */
export type ShortCut<Answer> = {
	/** By value whose adjoint is wanted for nothing else: the layer that its answers count for. */
	readonly ends: ReadonlyMap<string, string>;
	/** The short cut of a step; undefined where it has none. */
	readonly of: (step: WalkedStep) => Shorten<Answer> | undefined;
	/** Makes an answer independent of the adjoint's rows; present where it is not so at once. */
	readonly settle?: (answer: Answer) => Promise<Answer>;
	/** Turns sums over space, `[seeds, channels]`, into an answer; present where those are what is wanted. */
	readonly ofSums?: (seeds: number, sums: Float32Array) => Answer;
};

/** Answers for input `index`; undefined where this adjoint allows no short cut. The adjoint's rows may not be read afterwards, except by the answer. */
type Shorten<Answer> = (
	adjoint: SparseAdjoint,
	index: number,
) => Answer | undefined;

/**
Walks from a value's adjoint back through all steps.

@param layers Values whose adjoints are wanted; those of others are dropped once they are passed on.
@param allocate Where arrays come from; results must be read before the scratch memory is released.
@param finish Covers the rest of the path in one run once adjoints are dense.
@returns Undefined where dense adjoints of so many seeds would not fit into memory.
*/
export const walkSteps = async <Answer>(
	steps: readonly BoundStep[],
	from: string,
	seed: Adjoint,
	{
		layers,
		shortCut,
		allocate = newArray,
		finish,
	}: {
		readonly layers: readonly string[];
		readonly shortCut?: ShortCut<Answer>;
		readonly allocate?: Allocate;
		readonly finish?: TailWalk;
	},
): Promise<Walked<Answer> | undefined> => {
	const adjoints = new Map<string, readonly Part[]>([[from, [seed]]]);
	const answers = new Map<string, readonly Answer[]>();
	for (const [at, {view, rule, wanted, contextOf}] of steps.entries()) {
		dropPassed(adjoints, steps[at - 1], layers);
		const step = {view, rule, wanted, context: contextOf(allocate)};
		/* eslint-disable no-await-in-loop -- Each step needs the ones before. */
		const {inputs, outputs} = view.node;
		const pending = onlyPending(adjoints.get(outputs[0]));
		if (pending && rule.overwrite) {
			add(adjoints, inputs[0], [overwriteRows(step, pending)]);
			continue;
		}

		const found = await cutShort(
			step,
			shortCut,
			async () => pending ?? settle(adjoints, outputs[0], allocate),
		);
		if (found) {
			for (const [index, answer] of found) {
				add(answers, shortCut!.ends.get(inputs[index])!, [answer]);
			}

			continue;
		}

		const passing: Array<Adjoint | undefined> = [];
		for (const name of outputs) {
			passing.push(await settle(adjoints, name, allocate));
		}

		const present = passing.filter((adjoint) => adjoint !== undefined);
		if (present.length === 0) {
			continue;
		}

		const sparse = await passSparse(step, passing);
		if (!sparse && present.some((adjoint) => outgrows(adjoint))) {
			return undefined;
		}

		const finished = sparse
			? undefined
			: await finish?.(at, adjoints, {
					sums: Boolean(shortCut?.ofSums),
					allocate,
				});
		if (finished) {
			return addSums(finished, answers, shortCut);
		}

		const passed = sparse ?? (await passDense(step, passing));
		for (const index of wanted) {
			const part = passed[index];
			add(adjoints, inputs[index], part ? [part] : []);
		}
		/* eslint-enable no-await-in-loop */
	}

	return {adjoints, answers};
};

/** Frees the adjoints that a step has passed on, except those of layers. */
const dropPassed = (
	adjoints: Map<string, readonly Part[]>,
	step: Step | undefined,
	layers: readonly string[],
): void => {
	for (const name of step?.view.node.outputs ?? []) {
		if (!layers.includes(name)) {
			adjoints.delete(name);
		}
	}
};

/** The result of a walk that was finished in one run. */
const addSums = <Answer>(
	finished: Finished | 'too large',
	answers: Map<string, readonly Answer[]>,
	shortCut: ShortCut<Answer> | undefined,
): Walked<Answer> | undefined => {
	if (finished === 'too large') {
		return undefined;
	}

	for (const [layer, {seeds, sums}] of finished.sums) {
		add(answers, layer, [shortCut!.ofSums!(seeds, sums)]);
	}

	return {adjoints: finished.adjoints, answers};
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

/** The complete adjoint of a value whose readers have all been visited; it replaces the contributions. */
const settle = async (
	adjoints: Map<string, readonly Part[]>,
	name: string,
	allocate: Allocate,
): Promise<Adjoint | undefined> => {
	const list = adjoints.get(name);
	if (!list) {
		return undefined;
	}

	const sum = addAdjoints(await complete(list, allocate), allocate);
	adjoints.set(name, [sum]);
	return sum;
};

/** By input, the answers of a step's short cut; undefined where there is none, or more is wanted of the step. */
const cutShort = async <Answer>(
	step: WalkedStep,
	shortCut: ShortCut<Answer> | undefined,
	find: () => Promise<Adjoint | PendingList | undefined>,
): Promise<ReadonlyMap<number, Answer> | undefined> => {
	const {wanted, view} = step;
	const isEnd = (index: number) => shortCut?.ends.has(view.node.inputs[index]);
	const shorten =
		view.node.outputs.length === 1 && [...wanted].every((index) => isEnd(index))
			? shortCut?.of(step)
			: undefined;
	if (!shorten) {
		return undefined;
	}

	const adjoint = await find();
	const answer = (sparse: SparseAdjoint) => {
		const answers = new Map<number, Answer>();
		for (const index of wanted) {
			const found = shorten(sparse, index);
			if (found === undefined) {
				return undefined;
			}

			answers.set(index, found);
		}

		return answers;
	};

	if (adjoint && 'write' in adjoint) {
		return readOnce(adjoint, async (sparse) => {
			const answers = answer(sparse);
			for (const [index, found] of answers ?? []) {
				// eslint-disable-next-line no-await-in-loop -- All products run on the same cores.
				answers!.set(index, (await shortCut!.settle?.(found)) ?? found);
			}

			return answers;
		});
	}

	return adjoint?.kind === 'sparse' ? answer(adjoint) : undefined;
};
