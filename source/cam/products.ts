import type {Adjoint} from '../ops/adjoint/adjoint.js';
import type {Activations} from './activations.js';

/** The map `[space]` of Σ_k G_k · A_k, for one seed. */
export const dotChannels = async (
	gradient: Adjoint,
	activations: Activations,
): Promise<Float32Array> => {
	if (gradient.kind === 'dense') {
		return dotPlanes(gradient.data, activations);
	}

	const {rows, positions, uniform} = gradient;
	const {channels, space} = activations;
	const map = uniform
		? await activations.combine(uniform)
		: new Float32Array(space);
	const byPosition = await activations.byPosition();
	for (const [row, position] of positions.entries()) {
		map[position] += dot(
			rowOf(rows, row, channels),
			rowOf(byPosition, position, channels),
		);
	}

	return map;
};

const rowOf = (rows: Float32Array, row: number, width: number): Float32Array =>
	rows.subarray(row * width, (row + 1) * width);

/** Σ_k a_k · b_k, in four sums: an addition waits for the one before it in the same sum. */
const dot = (a: Float32Array, b: Float32Array): number => {
	let first = 0;
	let second = 0;
	let third = 0;
	let fourth = 0;
	let at = 0;
	for (; at + 3 < a.length; at += 4) {
		first += a[at] * b[at];
		second += a[at + 1] * b[at + 1];
		third += a[at + 2] * b[at + 2];
		fourth += a[at + 3] * b[at + 3];
	}

	for (; at < a.length; at++) {
		first += a[at] * b[at];
	}

	return first + second + (third + fourth);
};

/** Twice the ReLU of `row + offsets`, into an array. A comparison would be guessed wrong every other time, which takes five times as long. */
const doublePositive = (
	row: Float32Array,
	offsets: Float32Array,
	into: Float32Array,
): Float32Array => {
	for (let at = 0; at < into.length; at++) {
		const value = row[at] + offsets[at];
		into[at] = value + Math.abs(value);
	}

	return into;
};

/** The map `[space]` of Σ_k ReLU(G_k) · A_k, for one seed. */
export const dotPositiveChannels = async (
	gradient: Adjoint,
	activations: Activations,
): Promise<Float32Array> => {
	if (gradient.kind === 'dense') {
		return dotPlanes(
			gradient.data.map((value) => Math.max(value, 0)),
			activations,
		);
	}

	const {rows, positions, uniform} = gradient;
	const {channels, space} = activations;
	const map = uniform
		? await activations.combine(uniform.map((value) => Math.max(value, 0)))
		: new Float32Array(space);
	const offsets = uniform ?? new Float32Array(channels);
	const doubled = new Float32Array(channels);
	const byPosition = await activations.byPosition();
	for (const [row, position] of positions.entries()) {
		const positive = doublePositive(
			rowOf(rows, row, channels),
			offsets,
			doubled,
		);
		map[position] = dot(positive, rowOf(byPosition, position, channels)) / 2;
	}

	return map;
};

const dotPlanes = (
	gradient: Float32Array,
	{channels, space, data}: Activations,
): Float32Array => {
	const map = new Float64Array(space);
	for (let channel = 0, index = 0; channel < channels; channel++) {
		for (let at = 0; at < space; at++, index++) {
			map[at] += gradient[index] * data[index];
		}
	}

	return new Float32Array(map);
};

/** What a formula does to each element of a gradient before it is summed. */
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
	for (const [index, value] of rows.entries()) {
		const channel = index % channels;
		sums[channel] += response(value + (uniform?.[channel] ?? 0), channel);
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
