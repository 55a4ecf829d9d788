import type {Value} from '../graph/graph.js';
import {channelCount, positionCount} from '../ops/adjoint/extent.js';
import type {HeldProduct, Kernels} from '../ops/rules/kernels.js';
import {createUnitMaps, type UnitMaps} from './unit-maps.js';

/** `[K]`: the weight of each channel, in double precision until channels that cancel have been summed. */
export type ChannelWeights = Float32Array | Float64Array;

/** A layer's forward values in the layouts that methods read; each is made once per image, on first use. */
export type Activations = {
	readonly channels: number;
	readonly space: number;
	/** `[channels, space]` */
	readonly data: Float32Array;
	/** `[space, channels]`: one position's values are contiguous, as sparse gradients read them. */
	readonly byPosition: () => Promise<Float32Array>;
	/** `[channels]`: each channel summed over space. */
	readonly sums: () => Float64Array;
	/** Whether any value is negative. */
	readonly hasNegatives: () => boolean;
	/** `[m, channels] → [m, space]`: Σ_k w_k A_k, one map for each row of channel weights; written into an array, where one is given. */
	readonly combine: (
		weights: ChannelWeights,
		into?: Float32Array,
	) => Promise<Float32Array>;
	/** The maps that the rows of a network's matrices make. */
	readonly units: UnitMaps;
	/** Releases what the runtime holds of them. */
	readonly dispose: () => Promise<void>;
};

/** Wraps a layer's forward values of one image. */
export const readActivations = (
	{name, shape}: Value,
	data: Float32Array,
	kernels: Kernels,
): Activations => {
	const channels = channelCount(shape);
	const space = positionCount(shape);
	let byPosition: Promise<Float32Array> | undefined;
	let sums: Float64Array | undefined;
	let hasNegatives: boolean | undefined;
	let held: Promise<HeldProduct> | undefined;
	const combine: Activations['combine'] = async (
		weights,
		into = new Float32Array((weights.length / channels) * space),
	) => {
		const count = weights.length / channels;
		if (count * data.length <= smallSize) {
			into.set(combineExactly(weights, data, space));
			return into;
		}

		held ??= kernels.hold({k: channels, n: space}, () => data);
		const multiply = await held;
		const single =
			weights instanceof Float32Array ? weights : new Float32Array(weights);
		return multiply(single, count, into);
	};

	const units = createUnitMaps({channels, space}, combine, kernels);
	return {
		channels,
		space,
		data,
		async byPosition() {
			byPosition ??= kernels.run(
				`${name} by position`,
				{
					node: {opType: 'Transpose', attributes: {perm: [1, 0]}},
					shapes: [[channels, space]],
					constants: () => [],
					output: [space, channels],
				},
				[data],
			);
			return byPosition;
		},
		sums() {
			sums ??= sumChannels(data, channels, space);
			return sums;
		},
		hasNegatives() {
			hasNegatives ??= data.some((value) => value < 0);
			return hasNegatives;
		},
		combine,
		units,
		async dispose() {
			await units.dispose();
			const product = await held;
			held = undefined;
			product?.dispose?.();
		},
	};
};

/** Up to this many elements, a sum in double precision takes no longer than a call of the runtime. */
const smallSize = 2 ** 17;

/** Channels that cancel leave a map of which single precision would lose half the digits. */
const combineExactly = (
	weights: ChannelWeights,
	data: Float32Array,
	space: number,
): Float32Array => {
	const channels = data.length / space;
	const maps = new Float64Array((weights.length / channels) * space);
	for (const [index, weight] of weights.entries()) {
		const from = (index % channels) * space;
		const to = Math.trunc(index / channels) * space;
		for (let at = 0; at < space; at++) {
			maps[to + at] += weight * data[from + at];
		}
	}

	return new Float32Array(maps);
};

const sumChannels = (
	data: Float32Array,
	channels: number,
	space: number,
): Float64Array => {
	const sums = new Float64Array(channels);
	for (let channel = 0; channel < channels; channel++) {
		let sum = 0;
		for (let at = channel * space; at < (channel + 1) * space; at++) {
			sum += data[at];
		}

		sums[channel] = sum;
	}

	return sums;
};
