import type {Adjoint, SparseAdjoint} from '../ops/adjoint/adjoint.js';
import type {Activations} from './activations.js';

/** What a formula does to each element of a gradient before it is multiplied or summed. */
export type Response = (gradient: number, channel: number) => number;

/** The map `[space]` of Σ_k f(G_k) · A_k, for one seed. */
export const dotChannels = async (
	gradient: Adjoint,
	activations: Activations,
	response: Response,
): Promise<Float32Array> => {
	if (gradient.kind === 'sparse') {
		return dotRows(gradient, activations, response);
	}

	const {channels, space, data} = activations;
	const map = new Float64Array(space);
	for (let channel = 0, index = 0; channel < channels; channel++) {
		for (let at = 0; at < space; at++, index++) {
			map[at] += response(gradient.data[index], channel) * data[index];
		}
	}

	return new Float32Array(map);
};

/** Where no row is, only the uniform term counts. */
const dotRows = async (
	{rows, positions, uniform}: SparseAdjoint,
	activations: Activations,
	response: Response,
): Promise<Float32Array> => {
	const {channels, space} = activations;
	const map = uniform
		? await activations.combine(
				uniform.map((value, channel) => response(value, channel)),
			)
		: new Float32Array(space);
	const byPosition = await activations.byPosition();
	for (const [row, position] of positions.entries()) {
		let sum = 0;
		for (let channel = 0; channel < channels; channel++) {
			const value = rows[row * channels + channel] + (uniform?.[channel] ?? 0);
			sum +=
				response(value, channel) * byPosition[position * channels + channel];
		}

		map[position] = sum;
	}

	return map;
};

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
