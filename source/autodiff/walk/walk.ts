import type {Graph} from '../../graph/graph.js';
import {addAdjoints, addArrays, complete} from '../../ops/adjoint/add.js';
import type {Adjoint} from '../../ops/adjoint/adjoint.js';
import {
	type Allocate,
	newArray,
	withScratch,
} from '../../ops/adjoint/scratch.js';
import {noAdjoint} from '../../ops/adjoint/dense.js';
import {channelCount, positionCount} from '../../ops/adjoint/extent.js';
import {knownSums} from '../../ops/adjoint/sum-rows.js';
import {joinArrays, joinSeeds} from '../../ops/adjoint/split-seeds.js';
import type {Kernels} from '../../ops/rules/kernels.js';
import {planTails} from '../linear/dense-tail.js';
import {findPath, type Step} from '../path.js';
import type {RectifierRule} from '../rectifiers/rectifier-rule.js';
import {poolAdjoint, type SpaceSums, sumPools} from './pool.js';
import {groupSeeds} from './groups.js';
import {bindStep} from './bind-step.js';
import {dotting, findEnds, type LayerValues, pooling} from './short-cuts.js';
import {type ShortCut, walkSteps} from './steps.js';

/** Forward values by name. */
export type Values = ReadonlyMap<string, Float32Array>;

/** The path from a value back to some layers, worked out once per network. */
export type WalkPlan = {
	/** The forward values that the rules on the path read. */
	readonly needs: readonly string[];
	/** Binds the plan to one image's forward values; the walk then answers any number of seeds. */
	readonly bind: (values: Values, kernels: Kernels) => Walk;
};

/** Reverse mode, for a batch of seeds. */
export type Walk = {
	/** The gradient of the seeds with respect to each layer. */
	readonly gradients: (seed: Adjoint) => Promise<ReadonlyMap<string, Adjoint>>;
	/** Reads the gradient, which lies in scratch memory meanwhile; returns what was read of each group of seeds, in order. */
	readonly readGradients: <Result>(
		seed: Adjoint,
		read: (gradients: ReadonlyMap<string, Adjoint>) => Promise<Result>,
	) => Promise<readonly Result[]>;
	/** The gradient summed over space, `[seeds, channels]`, or what `read` makes of it: much cheaper than the gradient itself. */
	readonly pooled: (
		seed: Adjoint,
		read?: ReadSums,
	) => Promise<ReadonlyMap<string, Float32Array>>;
	/** `[seeds, space]`: the gradient times the forward values of each layer, summed over channels; much cheaper too. */
	readonly dotted: (
		seed: Adjoint,
		layers: ReadonlyMap<string, LayerValues>,
	) => Promise<ReadonlyMap<string, Float32Array>>;
};

/** Computes an array `[seeds, …]` from sums over space, which lie in scratch memory. */
export type ReadSums = (
	sums: SpaceSums,
	allocate: Allocate,
) => Promise<Float32Array>;

/**
Plans the reverse walk from a value to some layers. It visits only the nodes between them, and each of them once, however many layers it leads to.

@param rectifierRule Replaces the derivative of ReLU and its kin in these walks.
@throws {ModelError} If no derivative reaches a layer.
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
	const ends = findEnds(path, layers);
	const shapeOf = (layer: string) => graph.values.get(layer)!.shape;
	const eachLayer = async <Result>(
		answer: (layer: string) => Promise<Result>,
	) => Promise.all(layers.map(async (layer) => answer(layer)));
	const joinGroups = <Result>(
		groups: ReadonlyArray<readonly Result[]>,
		join: (parts: readonly Result[]) => Result,
	) =>
		new Map(
			layers.map((layer, at) => [
				layer,
				join(groups.map((group) => group[at])),
			]),
		);

	// With another rectifier rule the result is no derivative, so the linear network's transpose does not compute it.
	const bindTails = rectifierRule ? undefined : planTails(graph, path, layers);

	return {
		needs: needsOf(graph, path),
		bind(values, kernels) {
			const steps = path.map((step) =>
				bindStep(graph, step, {values, kernels}),
			);
			const finish = bindTails?.(values, kernels);
			const walkInGroups = groupSeeds();
			const gradientsOf = async (group: Adjoint, allocate = newArray) => {
				const walked = await walkSteps(steps, from, group, {
					layers,
					allocate,
					finish,
				});
				return (
					walked &&
					eachLayer(async (layer) => {
						const parts = walked.adjoints.get(layer);
						return addAdjoints(
							parts
								? await complete(parts, allocate)
								: [noAdjoint(group.seeds, shapeOf(layer))],
							allocate,
						);
					})
				);
			};

			/** Walks with a short cut; a layer's result combines the short cut's answers with the adjoints that came back in full. */
			const walkShort = async <Answer>(
				group: Adjoint,
				shortCut: ShortCut<Answer>,
				answerOf: (
					layer: string,
					found: {
						readonly answers: readonly Answer[];
						readonly placed: readonly Adjoint[];
						readonly allocate: Allocate;
					},
				) => Promise<Float32Array>,
			) =>
				withScratch(async (allocate) => {
					const walked = await walkSteps(steps, from, group, {
						layers,
						shortCut,
						allocate,
						finish,
					});
					return (
						walked &&
						eachLayer(async (layer) =>
							answerOf(layer, {
								answers: walked.answers.get(layer) ?? [],
								placed: await complete(
									walked.adjoints.get(layer) ?? [],
									allocate,
								),
								allocate,
							}),
						)
					);
				});

			const poolsOf = async ({seeds, ...group}: Adjoint, read: ReadSums) =>
				walkShort(
					{seeds, ...group},
					pooling(ends),
					async (layer, {answers, placed, allocate}) =>
						read(
							{
								seeds,
								channels: channelCount(shapeOf(layer)),
								parts: [
									...answers.flat(),
									...placed.map((adjoint) =>
										knownSums(seeds, poolAdjoint(adjoint, allocate)),
									),
								],
							},
							allocate,
						),
				);

			const dotsOf = async (
				group: Adjoint,
				values: ReadonlyMap<string, LayerValues>,
			) =>
				walkShort(
					group,
					dotting(ends, values),
					async (layer, {answers, placed}) => {
						const {dot} = values.get(layer)!;
						return addArrays([
							new Float32Array(group.seeds * positionCount(shapeOf(layer))),
							...(await Promise.all(answers.map(async (dots) => dots()))),
							...(await Promise.all(
								placed.map(async (adjoint) => dot(adjoint)),
							)),
						]);
					},
				);

			return {
				gradients: async (seed) =>
					joinGroups(
						await walkInGroups(seed, async (group) => gradientsOf(group)),
						joinSeeds,
					),
				readGradients: async (seed, read) =>
					walkInGroups(seed, async (group) =>
						withScratch(async (allocate) => {
							const gradients = await gradientsOf(group, allocate);
							return (
								gradients &&
								read(new Map(layers.map((layer, at) => [layer, gradients[at]])))
							);
						}),
					),
				pooled: async (seed, read = computeSums) =>
					joinGroups(
						await walkInGroups(seed, async (group) => poolsOf(group, read)),
						joinArrays,
					),
				dotted: async (seed, layers) =>
					joinGroups(
						await walkInGroups(seed, async (group) => dotsOf(group, layers)),
						joinArrays,
					),
			};
		},
	};
};

const computeSums: ReadSums = async (sums, allocate) =>
	new Float32Array(await sumPools(sums, allocate));

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
