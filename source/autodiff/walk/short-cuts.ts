import type {Adjoint} from '../../ops/adjoint/adjoint.js';
import {channelCount} from '../../ops/adjoint/extent.js';
import {sumOverSpace} from '../../ops/adjoint/rows.js';
import {knownSums, type PendingSums} from '../../ops/adjoint/sum-rows.js';
import type {Step} from '../path.js';
import type {ShortCut} from './steps.js';

/** By value that a walk ends at, whose adjoint need not be scattered to be summed: the layer that it belongs to. */
type Ends = ReadonlyMap<string, string>;

/** The layers that no walk passes on its way to others. */
export const findEnds = (
	path: readonly Step[],
	layers: readonly string[],
): Ends => {
	const passed = new Set(path.flatMap(({view}) => view.node.outputs));
	return new Map(
		layers.filter((layer) => !passed.has(layer)).map((layer) => [layer, layer]),
	);
};

/** The ends of a walk that only wants sums over space: also the outputs of operators that keep them, since a layer's sum is known there already. */
export const findSumEnds = (
	path: readonly Step[],
	layers: readonly string[],
): Ends => {
	const ends = new Map(findEnds(path, layers));
	for (const {view, rule} of path.toReversed()) {
		const [input] = view.node.inputs;
		const [output] = view.node.outputs;
		const layer = ends.get(input);
		if (
			layer !== undefined &&
			!layers.includes(output) &&
			rule.keepsSums?.(view)
		) {
			ends.set(output, layer);
		}
	}

	return ends;
};

/** Sums adjoints over space. */
export const pooling = (ends: Ends): ShortCut<readonly PendingSums[]> => ({
	ends,
	of({rule: {pooled, keepsSums}, context}) {
		if (keepsSums?.(context)) {
			return ({seeds, ...adjoint}) => {
				const sums = context.allocate(seeds * channelCount(adjoint.shape));
				sums.set(sumOverSpace({seeds, ...adjoint}, context.allocate));
				return [knownSums(seeds, sums)];
			};
		}

		return pooled && ((adjoint, index) => pooled(context, adjoint, index));
	},
	ofSums: (seeds, sums) => [knownSums(seeds, sums)],
});

/** The forward values of a layer, as factors of its adjoint. */
export type LayerValues = {
	/** `[space, channels]` */
	readonly byPosition: () => Promise<Float32Array>;
	/** `[seeds, space]`: an adjoint times the values, summed over channels. */
	readonly dot: (adjoint: Adjoint) => Promise<Float32Array>;
};

/** Multiplies adjoints by the forward values of the layers, and sums over channels. */
export const dotting = (
	ends: Ends,
	layers: ReadonlyMap<string, LayerValues>,
): ShortCut<Float32Array> => ({
	ends,
	of: ({rule: {dotted}, context}) =>
		dotted &&
		(async (adjoint, index) => {
			const {byPosition} = layers.get(context.node.inputs[index])!;
			return dotted(context, adjoint, {index, byPosition});
		}),
});
