import type {Graph} from '../../graph/graph.js';
import {addAdjoints, complete} from '../../ops/adjoint/add.js';
import type {Allocate} from '../../ops/adjoint/scratch.js';
import {densify} from '../../ops/adjoint/dense.js';
import {positionCount} from '../../ops/adjoint/extent.js';
import type {Kernels} from '../../ops/rules/kernels.js';
import {findOperator} from '../../ops/find-operator.js';
import {outgrows} from '../walk/groups.js';
import type {Step} from '../path.js';
import type {Part} from '../walk/pending.js';
import type {Values} from '../walk/walk.js';
import {isPassed, makeTail, type Tail} from './make-tail.js';

/** Covers the path from step `at` on, where adjoints have become dense, in one run. Undefined where a node there has no rule for that; 'too large' where the batch does not fit into memory. */
export type TailWalk = (
	at: number,
	adjoints: ReadonlyMap<string, readonly Part[]>,
	wish: {
		/** Whether only sums over space are wanted. */
		readonly sums: boolean;
		/** Where arrays come from. */
		readonly allocate: Allocate;
	},
) => Promise<Finished | 'too large' | undefined>;

/** The result of such a run. */
export type Finished = {
	/** By value, contributions to its adjoint. */
	readonly adjoints: ReadonlyMap<string, readonly Part[]>;
	/** `[seeds, channels]` by layer: further contributions, summed over space. */
	readonly sums: ReadonlyMap<
		string,
		{readonly seeds: number; readonly sums: Float32Array}
	>;
};

/** Whether a step writes several positions, so that its adjoint will not become sparse again. */
const isSpread = ({view}: Step): boolean =>
	view.outputs.some(({shape}) => positionCount(shape) > 1);

/** How many tails may be prepared, each with its own weights: adjoints become dense at the same node for nearly all pixels. */
const mostTails = 3;

/**
Plans to finish dense walks in one run of a network, the transpose of the path's linearisation.

Step by step, each node would be a call of the runtime, with masks and sums in between. In one network, everything stays where it is computed, and an image's forward values are uploaded once.

@param path All steps, last first.
*/
export const planTails = (
	graph: Graph,
	path: readonly Step[],
	layers: readonly string[],
): ((values: Values, kernels: Kernels) => TailWalk) => {
	let blocked = path.findLastIndex(
		({view}) => !findOperator(view.node.opType)!.tangent,
	);
	const tails = new Map<string, Tail | undefined>();
	let count = 0;
	const tailAt = (at: number, from: readonly string[], sums: boolean) => {
		const what = sums ? 'summed' : 'whole';
		const key = [...layers, what, 'from', ...from, 'at', at].join(' ');
		if (!tails.has(key) && count < mostTails) {
			const steps = path.slice(at);
			const tail = makeTail(graph, {key, steps, from, layers, sums});
			tails.set(key, tail);
			if (tail) {
				count++;
			} else {
				// No tail can begin before the last step without such a rule.
				blocked = path.findLastIndex((step) => !isPassed(graph, step));
			}
		}

		return tails.get(key);
	};

	return (values, kernels) => {
		const held = new Map<Tail, Promise<Values>>();
		return async (at, adjoints, wish) => {
			if (at <= blocked || !isSpread(path[at])) {
				return undefined;
			}

			const passed = new Set(
				path.slice(at).flatMap(({view}) => view.node.outputs),
			);
			const from = [...adjoints.keys()].filter((name) => passed.has(name));
			const tail = tailAt(at, from.toSorted(), wish.sums);
			if (!tail) {
				return undefined;
			}

			const kept = held.get(tail) ?? tail.hold(values, kernels);
			held.set(tail, kept);
			const {allocate} = wish;
			return runTail(tail, adjoints, {kernels, kept: await kept, allocate});
		};
	};
};

const runTail = async (
	{key, graph, fed, answers}: Tail,
	walked: ReadonlyMap<string, readonly Part[]>,
	{
		kernels,
		kept,
		allocate,
	}: {
		readonly kernels: Kernels;
		readonly kept: Values;
		readonly allocate: Allocate;
	},
): Promise<Finished | 'too large'> => {
	const adjoints = new Map(walked);
	const shapeOf = (name: string) => graph.values.get(name)!.shape;
	const [first] = fed.keys();
	const [{seeds}] = adjoints.get(first)!;
	const large = [
		...fed.values(),
		...answers.filter(({isSummed}) => !isSummed).map(({value}) => value),
	];
	if (large.some((name) => outgrows({seeds, shape: shapeOf(name)}))) {
		return 'too large';
	}

	const fedAdjoints = new Map<string, Float32Array>();
	for (const [name, input] of fed) {
		// eslint-disable-next-line no-await-in-loop -- All products run on the same cores.
		const parts = await complete(adjoints.get(name)!, allocate);
		fedAdjoints.set(input, densify(addAdjoints(parts, allocate)).data);
		adjoints.delete(name);
	}

	const run = await kernels.network(key, () => graph);
	const results = await run(
		{count: seeds, fed: fedAdjoints, kept},
		answers.map(({value}) => value),
	);
	const sums = new Map<string, {seeds: number; sums: Float32Array}>();
	for (const {layer, value, isSummed} of answers) {
		const data = results.get(value)!;
		if (isSummed) {
			sums.set(layer, {seeds, sums: data});
		} else {
			const shape = shapeOf(value);
			const part = {kind: 'dense', seeds, shape, data} as const;
			adjoints.set(layer, [...(adjoints.get(layer) ?? []), part]);
		}
	}

	return {adjoints, sums};
};
