import {elementCount} from '../../graph/tensor.js';
import {followTaps, type TapGeometry} from '../window.js';
import type {SparseAdjoint} from './adjoint.js';
import {mergeRows} from './rows.js';
import type {AdjointRule, ReverseContext} from './rule.js';
import {poolTaps} from './pooled-taps.js';

/** What a convolution or transposed convolution does to an adjoint: from each output position, every tap of the kernel leads to one input position, or outside. */
export type TapMap = TapGeometry & {
	readonly outputs: number;
	readonly inputs: number;
	/** Channels fall into this many groups, each for itself. */
	readonly groups: number;
	/** Between an output channel and an input channel, the latter counted inside its group. */
	readonly weight: (output: number, input: number, tap: number) => number;
};

/** The rules of an operator that is such a map. */
export const tapRules = (
	read: (context: ReverseContext) => TapMap,
): Pick<AdjointRule, 'sparse' | 'pooled'> => ({
	async sparse(context, [adjoint]) {
		return adjoint && passTaps(context, adjoint, read(context));
	},
	pooled: async (context, adjoint) => poolTaps(context, adjoint, read(context)),
});

/** One matrix product `[R, Cout] · [Cout, taps · Cin]`, then each tap's part goes to its position. */
const passTaps = async (
	context: ReverseContext,
	adjoint: SparseAdjoint,
	map: TapMap,
) => {
	if (adjoint.uniform && !isPointwise(map)) {
		// At the border some taps lead outside, so what was uniform is not any more.
		return undefined;
	}

	const {seeds, owners, positions, uniform} = adjoint;
	const multiply = async (rows: Float32Array) =>
		map.groups === 1
			? multiplyRows(context, map, rows)
			: multiplyGroups(map, rows);
	const taps = elementCount(map.kernel);
	const merged = mergeRows(
		seeds,
		[1, map.inputs, ...map.to],
		[
			{
				owners: taps === 1 ? owners : repeatEach(owners, taps),
				positions: followTaps(positions, map),
				rows: await multiply(adjoint.rows),
			},
		],
	);
	return [uniform ? {...merged, uniform: await multiply(uniform)} : merged];
};

/** Whether the map is a matrix at each position, and positions stay where they are. */
const isPointwise = ({from, to, kernel, coordinates}: TapMap): boolean =>
	kernel.every((size) => size === 1) &&
	from.every((size, axis) => size === to[axis]) &&
	coordinates.every((list) => list.every((at, index) => at === index));

const multiplyRows = async (
	{kernels, node}: ReverseContext,
	{outputs, inputs, kernel, weight}: TapMap,
	rows: Float32Array,
): Promise<Float32Array> => {
	const taps = elementCount(kernel);
	const product = await kernels.product(
		`${node.name} by tap`,
		outputs,
		taps * inputs,
		() => {
			const matrix = new Float32Array(outputs * taps * inputs);
			let index = 0;
			for (let output = 0; output < outputs; output++) {
				for (let tap = 0; tap < taps; tap++) {
					for (let input = 0; input < inputs; input++, index++) {
						matrix[index] = weight(output, input, tap);
					}
				}
			}

			return matrix;
		},
	);
	return product(rows, rows.length / outputs);
};

/** Depthwise and grouped maps are too thin for a matrix product. */
const multiplyGroups = (
	{outputs, inputs, groups, kernel, weight}: TapMap,
	rows: Float32Array,
): Float32Array => {
	const taps = elementCount(kernel);
	const inputsEach = inputs / groups;
	const outputsEach = outputs / groups;
	const result = new Float32Array((rows.length / outputs) * taps * inputs);
	for (const [index, value] of rows.entries()) {
		if (value === 0) {
			continue;
		}

		const output = index % outputs;
		const row = (index - output) / outputs;
		const first = Math.trunc(output / outputsEach) * inputsEach;
		for (let tap = 0; tap < taps; tap++) {
			const to = (row * taps + tap) * inputs + first;
			for (let input = 0; input < inputsEach; input++) {
				result[to + input] += value * weight(output, input, tap);
			}
		}
	}

	return result;
};

const repeatEach = (owners: Int32Array, times: number): Int32Array => {
	const result = new Int32Array(owners.length * times);
	for (const [row, owner] of owners.entries()) {
		result.fill(owner, row * times, (row + 1) * times);
	}

	return result;
};
