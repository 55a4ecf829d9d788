import type {Adjoint} from '../../ops/adjoint/adjoint.js';
import {channelCount} from '../../ops/adjoint/extent.js';
import {sumOverSpace} from '../../ops/adjoint/rows.js';
import {knownSums, type PendingSums} from '../../ops/adjoint/sum-rows.js';
import type {Allocate} from '../../ops/adjoint/scratch.js';
import {shapeOf} from '../../ops/node/shapes.js';
import type {PendingDots} from '../../ops/rules/adjoint.js';
import type {Step} from '../path.js';
import type {SpaceSums} from './pool.js';
import type {ShortCut} from './steps.js';

/** By value that a walk ends at: the layer that it is, or that its adjoint is spread evenly over. */
type Ends = ReadonlyMap<string, string>;

/** Where a walk ends that does not want adjoints in full: at layers that it does not pass on its way to others, and at the outputs of operators that spread an adjoint evenly over such a layer, since its sum and its mean are known there already. */
export const findEnds = (
	path: readonly Step[],
	layers: readonly string[],
): Ends => {
	const passed = new Set(path.flatMap(({view}) => view.node.outputs));
	const ends = new Map(
		layers.filter((layer) => !passed.has(layer)).map((layer) => [layer, layer]),
	);
	for (const {view, rule} of path.toReversed()) {
		const [input] = view.node.inputs;
		const [output] = view.node.outputs;
		const layer = ends.get(input);
		if (
			layer !== undefined &&
			!layers.includes(output) &&
			rule.spreadsEvenly?.(view)
		) {
			ends.set(output, layer);
		}
	}

	return ends;
};

/** Sums adjoints over space. */
export const pooling = (ends: Ends): ShortCut<readonly PendingSums[]> => ({
	ends,
	of: sumSteps,
	ofSums: (seeds, sums) => [knownSums(seeds, sums)],
});

/** Sums a step's adjoint of input `index` over space. */
const sumSteps: ShortCut<readonly PendingSums[]>['of'] = ({
	rule: {pooled, spreadsEvenly},
	context,
}) => {
	if (spreadsEvenly?.(context)) {
		return ({seeds, ...adjoint}) => {
			const sums = context.allocate(seeds * channelCount(adjoint.shape));
			sums.set(sumOverSpace({seeds, ...adjoint}, context.allocate));
			return [knownSums(seeds, sums)];
		};
	}

	return pooled && ((adjoint, index) => pooled(context, adjoint, index));
};

/** The forward values of a layer, as factors of its adjoint. */
export type LayerValues = {
	/** `[space, channels]` */
	readonly byPosition: () => Promise<Float32Array>;
	/** `[seeds, space]`: an adjoint times the values, summed over channels. */
	readonly dot: (adjoint: Adjoint) => Promise<Float32Array>;
	/** The same of an adjoint that is spread evenly over space, given its sums. */
	readonly dotEven: (
		sums: SpaceSums,
		allocate: Allocate,
	) => Promise<Float32Array>;
};

/** Multiplies adjoints by the forward values of the layers, and sums over channels. */
export const dotting = (
	ends: Ends,
	layers: ReadonlyMap<string, LayerValues>,
): ShortCut<PendingDots> => ({
	ends,
	of(step) {
		const {rule, context, wanted} = step;
		const sum = sumSteps(step);
		const endOf = (index: number) => {
			const input = context.node.inputs[index];
			const layer = ends.get(input)!;
			return {
				isEven: input !== layer || rule.spreadsEvenly?.(context) === true,
				...layers.get(layer)!,
			};
		};

		// Known before rows are computed, which would otherwise be for nothing.
		const isAnswered = [...wanted].every(
			(index) => (endOf(index).isEven ? sum : rule.dotted) !== undefined,
		);
		if (!isAnswered) {
			return undefined;
		}

		return (adjoint, index) => {
			const {isEven, byPosition, dotEven} = endOf(index);
			if (!isEven) {
				return rule.dotted!(context, adjoint, {index, byPosition});
			}

			const {seeds} = adjoint;
			const channels = channelCount(shapeOf(context, index));
			const parts = sum?.(adjoint, index);
			return (
				parts &&
				(async () => dotEven({seeds, channels, parts}, context.allocate))
			);
		};
	},
	async settle(dots) {
		const map = await dots();
		return async () => map;
	},
});
