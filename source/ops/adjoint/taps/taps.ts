import {elementCount} from '../../../graph/tensor.js';
import {followTaps, type TapGeometry} from '../../families/window/window.js';
import type {NodeView} from '../../node/view.js';
import type {SparseAdjoint} from '../adjoint.js';
import {perNode} from '../per-node.js';
import {mergePending, mergeRows, type PendingAdjoint} from '../merge-rows.js';
import type {AdjointRule, ReverseContext} from '../../rules/adjoint.js';
import {poolTaps, readPatterns} from './pooled.js';
import {dotTaps} from './dotted.js';
import {isLight, multiplyAtOnce, multiplyByTap} from './products.js';

/** What a convolution or transposed convolution does to an adjoint: from each output position, every tap of the kernel leads to one input position, or outside. */
export type TapMap = TapGeometry & {
	readonly outputs: number;
	readonly inputs: number;
	/** The number of channel groups. */
	readonly groups: number;
	readonly weights: TapWeights;
};

/** The weights of a tap map: the one between an output channel, an input channel and a tap is `data[begin(output) + step · input + tap]`, the input channel counted within its group. */
type TapWeights = {
	readonly data: Float32Array;
	readonly begin: (output: number) => number;
	readonly step: number;
};

/** The adjoint rules of a convolution-like operator. */
export const tapRules = (
	read: (view: NodeView) => TapMap,
): Pick<AdjointRule, 'sparse' | 'pending' | 'pooled' | 'dotted'> => {
	const mapOf = perNode(read);
	const patternsOf = perNode((view) => readPatterns(mapOf(view)));
	return {
		async sparse(context, [adjoint]) {
			return adjoint && passTaps(context, adjoint, mapOf(context));
		},
		pending(context, adjoint) {
			const split = splitTaps(context, adjoint, mapOf(context));
			return split && [split];
		},
		pooled: (context, adjoint) =>
			poolTaps(context, adjoint, mapOf(context), patternsOf(context)),
		dotted: (context, adjoint, {byPosition}) =>
			dotTaps(context, adjoint, mapOf(context), byPosition),
	};
};

/** Matrix products, then each tap's part is scattered to its position. */
const passTaps = async (
	context: ReverseContext,
	adjoint: SparseAdjoint,
	map: TapMap,
) => {
	const {seeds, owners, positions, rows, uniform} = adjoint;
	const shape = [1, map.inputs, ...map.to];
	if (isPointwise(map)) {
		return [
			{
				...adjoint,
				shape,
				rows: await multiplyAtOnce(context, map, rows),
				...(uniform && {
					uniform: await multiplyAtOnce(context, map, uniform),
				}),
			},
		];
	}

	if (uniform) {
		// At the border some taps lead outside, which makes a uniform adjoint vary.
		return undefined;
	}

	const split = splitTaps(context, adjoint, map);
	return [
		split
			? await mergePending(split, context.allocate)
			: mergeRows(
					seeds,
					shape,
					[
						{
							owners: repeatEach(owners, elementCount(map.kernel)),
							positions: followTaps(positions, map),
							rows: await multiplyAtOnce(context, map, rows),
						},
					],
					context.allocate,
				),
	];
};

/** Splits the result tap by tap; undefined where that does not pay. */
const splitTaps = (
	context: ReverseContext,
	{seeds, owners, positions, rows, uniform}: SparseAdjoint,
	map: TapMap,
): PendingAdjoint | undefined =>
	!uniform && isSplit(map, rows)
		? {
				kind: 'pending',
				seeds,
				shape: [1, map.inputs, ...map.to],
				parts: multiplyByTap(context, map, {
					owners,
					positions: followTaps(positions, map),
					rows,
				}),
			}
		: undefined;

/** Weights larger than this are read tap by tap, skipping taps that lead outside. */
const splitSize = 2 ** 21;

const isSplit = (map: TapMap, rows: Float32Array): boolean =>
	map.groups === 1 &&
	!isPointwise(map) &&
	map.outputs * map.inputs * elementCount(map.kernel) > splitSize &&
	!isLight(map, rows);

/** Whether the map is a 1×1 convolution that leaves positions where they are. */
const isPointwise = ({from, to, kernel, coordinates}: TapMap): boolean =>
	kernel.every((size) => size === 1) &&
	from.every((size, axis) => size === to[axis]) &&
	coordinates.every((list) => list.every((at, index) => at === index));

const repeatEach = (owners: Int32Array, times: number): Int32Array => {
	const result = new Int32Array(owners.length * times);
	for (const [row, owner] of owners.entries()) {
		result.fill(owner, row * times, (row + 1) * times);
	}

	return result;
};
