import type {Graph} from '../graph/graph.js';
import {addAdjoints, addArrays} from '../ops/adjoint/add.js';
import type {
	Adjoint,
	DenseAdjoint,
	SparseAdjoint,
} from '../ops/adjoint/adjoint.js';
import {densify, isCrowded, relax} from '../ops/adjoint/dense.js';
import type {InputAdjoints, ReverseContext} from '../ops/adjoint/rule.js';
import type {Kernels} from '../ops/kernels.js';
import {findPath, type Step} from './path.js';
import {poolAdjoint} from './pool.js';
import type {RectifierRule} from './rectifier-rule.js';

/** Forward values by name. */
export type Values = ReadonlyMap<string, Float32Array>;

/** The way from a value back to some layers, worked out once a network. */
export type WalkPlan = {
	/** The forward values that the rules on the way read. */
	readonly needs: readonly string[];
	/** Binds the plan to what one image left behind; each call then walks for its seeds. */
	readonly bind: (values: Values, kernels: Kernels) => Walk;
};

/** Reverse mode, for any number of seeds at once. */
export type Walk = {
	/** The derivative of the seeds with respect to each layer. */
	readonly gradients: (seed: Adjoint) => Promise<ReadonlyMap<string, Adjoint>>;
	/** `[seeds, channels]`: the same, summed over space, which is much cheaper than placing every row. */
	readonly pooled: (
		seed: Adjoint,
	) => Promise<ReadonlyMap<string, Float32Array>>;
};

/**
Plans the reverse walk from a value to some layers: only nodes between them are visited, and those that lead to several layers once.

@param rectifierRule What ReLU and its like pass back in these walks, if not the derivative.
@throws {ModelError} where no derivative reaches a layer.
*/
export const planWalk = (
	graph: Graph,
	from: string,
	layers: readonly string[],
	rectifierRule?: RectifierRule,
): WalkPlan => {
	const path = findPath(graph, from, layers).map((step) =>
		rectifierRule && step.rule.rectifies?.(step.view)
			? {...step, rule: rectifierRule(step.rule)}
			: step,
	);
	const passed = new Set(path.flatMap(({view}) => view.node.outputs));
	// Nothing is asked of what lies before these, so their adjoints need not be placed to be summed.
	const ends = new Set(layers.filter((layer) => !passed.has(layer)));
	return {
		needs: needsOf(graph, path),
		bind(values, kernels) {
			const steps = path.map((step) => ({
				...step,
				context: contextOf(graph, step, values, kernels),
			}));
			return {
				async gradients(seed) {
					const {sums} = await walk(steps, from, seed, new Set());
					return new Map(
						layers.map((layer) => [layer, addAdjoints(sums.get(layer)!)]),
					);
				},
				async pooled(seed) {
					const {sums, pools} = await walk(steps, from, seed, ends);
					return new Map(
						layers.map((layer) => [
							layer,
							addArrays([
								...(pools.get(layer) ?? []),
								...(sums.get(layer) ?? []).map((adjoint) =>
									poolAdjoint(adjoint),
								),
							]),
						]),
					);
				},
			};
		},
	};
};

const needsOf = (graph: Graph, path: readonly Step[]): readonly string[] => {
	const names = path.flatMap(({view, rule}) => {
		const {inputs = [], outputs = []} = rule.needs?.(view) ?? {};
		return [
			...inputs.map((index) => view.node.inputs[index]),
			...outputs.map((index) => view.node.outputs[index]),
		];
	});
	return [...new Set(names)].filter((name) => !graph.constants.has(name));
};

const contextOf = (
	graph: Graph,
	{view, wanted}: Step,
	values: Values,
	kernels: Kernels,
): ReverseContext => {
	const read = (name: string): Float32Array => {
		const value = values.get(name) ?? graph.constants.get(name)?.data;
		if (!(value instanceof Float32Array)) {
			throw new TypeError(
				`${view.node.name} reads ${name}, which was not fetched`,
			);
		}

		return value;
	};

	return {
		...view,
		input: (index) => read(view.node.inputs[index]),
		output: (index) => read(view.node.outputs[index]),
		wanted: (index) => wanted.has(index),
		kernels,
	};
};

type BoundStep = Step & {readonly context: ReverseContext};

const walk = async (
	steps: readonly BoundStep[],
	from: string,
	seed: Adjoint,
	pooledEnds: ReadonlySet<string>,
) => {
	const sums = new Map<string, Adjoint[]>([[from, [seed]]]);
	const pools = new Map<string, Float32Array[]>();
	for (const step of steps) {
		const adjoints = step.view.node.outputs.map((name) => settle(sums, name));
		if (adjoints.every((adjoint) => adjoint === undefined)) {
			continue;
		}

		const {inputs} = step.view.node;
		// eslint-disable-next-line no-await-in-loop -- Each step needs the one before.
		const pooled = await poolStep(step, adjoints, pooledEnds);
		// eslint-disable-next-line no-await-in-loop
		const passed = pooled ? [] : await passStep(step, adjoints);
		for (const index of step.wanted) {
			push(pools, inputs[index], pooled?.get(index));
			push(sums, inputs[index], passed[index] && relax(passed[index]));
		}
	}

	return {sums, pools};
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
const settle = (
	sums: Map<string, Adjoint[]>,
	name: string,
): Adjoint | undefined => {
	const list = sums.get(name);
	if (!list) {
		return undefined;
	}

	const sum = addAdjoints(list);
	const settled = sum.kind === 'sparse' && isCrowded(sum) ? densify(sum) : sum;
	sums.set(name, [settled]);
	return settled;
};

/** Sums over space by input, where all that is wanted of a node are such sums, and it knows a short cut to them. */
const poolStep = async (
	{rule, context, wanted, view}: BoundStep,
	[adjoint, ...others]: ReadonlyArray<Adjoint | undefined>,
	pooledEnds: ReadonlySet<string>,
): Promise<ReadonlyMap<number, Float32Array> | undefined> => {
	const indices = [...wanted];
	if (
		!rule.pooled ||
		others.length > 0 ||
		adjoint?.kind !== 'sparse' ||
		!indices.every((index) => pooledEnds.has(view.node.inputs[index]))
	) {
		return undefined;
	}

	const pools = new Map<number, Float32Array>();
	for (const index of indices) {
		// eslint-disable-next-line no-await-in-loop -- There is rarely more than one.
		const pool = await rule.pooled(context, adjoint, index);
		if (!pool) {
			return undefined;
		}

		pools.set(index, pool);
	}

	return pools;
};

/** Sparse as long as all adjoints are and the rule can keep them so. */
const passStep = async (
	{rule, context}: BoundStep,
	adjoints: ReadonlyArray<Adjoint | undefined>,
): Promise<InputAdjoints> => {
	const sparse = adjoints.filter(
		(adjoint): adjoint is SparseAdjoint | undefined =>
			adjoint?.kind !== 'dense',
	);
	const passed =
		sparse.length === adjoints.length
			? await rule.sparse?.(context, sparse)
			: undefined;
	if (passed) {
		return passed;
	}

	const dense: ReadonlyArray<DenseAdjoint | undefined> = adjoints.map(
		(adjoint) => adjoint && densify(adjoint),
	);
	return rule.dense(context, dense);
};
