import type {Adjoint, SparseAdjoint} from '../ops/adjoint/adjoint.js';
import {withScratch} from '../ops/adjoint/scratch.js';
import {densify} from '../ops/adjoint/dense.js';
import {dot} from '../ops/adjoint/dot.js';
import {addRows} from '../ops/simd/add-rows.js';
import {dotPositiveRows, sumPositiveProducts} from '../ops/simd/dot-rows.js';
import type {Activations} from './activations.js';

/** The maps `[seeds, space]` Σ_k G_k · A_k. */
export const dotChannels = async (
	gradient: Adjoint,
	activations: Activations,
): Promise<Float32Array> => {
	if (gradient.kind === 'dense') {
		return dotPlanes(gradient.data, activations);
	}

	const {seeds, owners, rows, positions, uniform} = gradient;
	const {channels, space} = activations;
	const maps = uniform
		? await activations.combine(uniform)
		: new Float32Array(seeds * space);
	const byPosition = await activations.byPosition();
	for (const [row, position] of positions.entries()) {
		maps[owners[row] * space + position] += dot(
			rowOf(rows, row, channels),
			rowOf(byPosition, position, channels),
		);
	}

	return maps;
};

const rowOf = (rows: Float32Array, row: number, width: number): Float32Array =>
	rows.subarray(row * width, (row + 1) * width);

/** The map `[space]` Σ_k ReLU(G_k) · A_k, for one seed. */
export const dotPositiveChannels = async (
	gradient: Adjoint,
	activations: Activations,
): Promise<Float32Array> =>
	gradient.kind === 'dense'
		? dotPlanes(
				gradient.data.map((value) => Math.max(value, 0)),
				activations,
			)
		: sumRows(gradient, activations, dotPositiveRows);

/** The map `[space]` Σ_k ReLU(G_k · A_k), for one seed. */
export const sumPositiveChannels = async (
	gradient: Adjoint,
	activations: Activations,
): Promise<Float32Array> => {
	if (
		gradient.kind === 'sparse' &&
		!(gradient.uniform && activations.hasNegatives())
	) {
		return sumRows(gradient, activations, sumPositiveProducts);
	}

	const {space, data} = activations;
	const map = new Float64Array(space);
	const gradients = densify(gradient).data;
	for (let begin = 0; begin < data.length; begin += space) {
		for (let at = 0; at < space; at++) {
			map[at] += Math.max(gradients[begin + at] * data[begin + at], 0);
		}
	}

	return new Float32Array(map);
};

/**
The map `[space]` of a loop over gradient and activations at each position.

Positions without rows have only the uniform gradient, and get its positive part times the activations.
*/
const sumRows = async (
	{rows, positions, uniform}: SparseAdjoint,
	activations: Activations,
	loop: typeof dotPositiveRows,
): Promise<Float32Array> => {
	const {channels, space} = activations;
	const map = uniform
		? await activations.combine(uniform.map((value) => Math.max(value, 0)))
		: new Float32Array(space);
	const byPosition = await activations.byPosition();
	return withScratch(async (allocate) => {
		// One row of each at a time, which stays in the innermost cache.
		const [own, other, offsets] = [channels, channels, channels].map((size) =>
			allocate(size),
		);
		const sum = loop({data: own, step: 0}, {data: other, step: 0}, channels);
		const add = addRows(
			{data: own, step: 0},
			{data: offsets, step: 0},
			channels,
		);
		offsets.set(uniform ?? new Float32Array(channels));
		for (const [row, position] of positions.entries()) {
			own.set(rowOf(rows, row, channels));
			other.set(rowOf(byPosition, position, channels));
			add(0, 0);
			map[position] = sum(0, 0);
		}

		return map;
	});
};

/** `[seeds, channels, space]` → `[seeds, space]` */
const dotPlanes = (
	gradient: Float32Array,
	{channels, space, data}: Activations,
): Float32Array => {
	const size = channels * space;
	const maps = new Float64Array(gradient.length / channels);
	for (let begin = 0, to = 0; begin < gradient.length; begin += size) {
		for (let index = 0; index < size; index += space) {
			for (let at = 0; at < space; at++) {
				maps[to + at] += gradient[begin + index + at] * data[index + at];
			}
		}

		to += space;
	}

	return new Float32Array(maps);
};

/** A function of each element of a gradient, applied before summing. */
export type Response = (gradient: number, channel: number) => number;

/** `[channels]` Σ_hw G_k · A_k, for one seed. */
export const dotSpace = async (
	gradient: Adjoint,
	activations: Activations,
): Promise<Float64Array> => {
	const {channels, space, data} = activations;
	if (gradient.kind === 'dense') {
		return sumEach(
			channels,
			space,
			(index) => gradient.data[index] * data[index],
		);
	}

	const {rows, positions, uniform} = gradient;
	const sums = new Float64Array(channels);
	const byPosition = await activations.byPosition();
	for (const [row, position] of positions.entries()) {
		for (let channel = 0; channel < channels; channel++) {
			sums[channel] +=
				rows[row * channels + channel] *
				byPosition[position * channels + channel];
		}
	}

	if (uniform) {
		for (const [channel, sum] of activations.sums().entries()) {
			sums[channel] += uniform[channel] * sum;
		}
	}

	return sums;
};

/** `[channels]` Σ_hw f(G_k), for one seed. */
export const sumSpace = (
	gradient: Adjoint,
	{channels, space}: Activations,
	response: Response,
): Float64Array => {
	if (gradient.kind === 'dense') {
		return sumEach(channels, space, (index, channel) =>
			response(gradient.data[index], channel),
		);
	}

	const {rows, positions, uniform} = gradient;
	const others = space - positions.length;
	const sums = Float64Array.from(
		{length: channels},
		(_, channel) => others * response(uniform?.[channel] ?? 0, channel),
	);
	const offsets = uniform ?? new Float32Array(channels);
	for (let begin = 0; begin < rows.length; begin += channels) {
		for (let channel = 0; channel < channels; channel++) {
			sums[channel] += response(
				rows[begin + channel] + offsets[channel],
				channel,
			);
		}
	}

	return sums;
};

const sumEach = (
	channels: number,
	space: number,
	term: (index: number, channel: number) => number,
): Float64Array => {
	const sums = new Float64Array(channels);
	for (let channel = 0, index = 0; channel < channels; channel++) {
		for (let at = 0; at < space; at++, index++) {
			sums[channel] += term(index, channel);
		}
	}

	return sums;
};
