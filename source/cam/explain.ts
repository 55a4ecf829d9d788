import type {Walk} from '../autodiff/walk.js';
import type {Adjoint} from '../ops/adjoint/adjoint.js';
import type {Activations, ChannelWeights} from './activations.js';
import type {GradientMethod, SubjectMethod} from './method.js';
import {dotChannels} from './products.js';
import type {Subject} from './subject.js';

/** A map before its ReLU, and the weights of the channels where the method has such. */
export type RawMap = {
	/** `[space]` */
	readonly map: Float32Array;
	/** `[channels]` */
	readonly weights?: ChannelWeights;
};

/** Explains one seed at one layer, by the shortest way that the method allows. */
export const computeMap = async (
	method: GradientMethod,
	{walk, layer, activations}: Explained,
	seed: Adjoint,
): Promise<RawMap> => {
	if (method.kind === 'pooled weights') {
		const pooled = await walk.pooled(seed);
		const weights = method.weights(pooled.get(layer)!, activations);
		return {weights, map: await activations.combine(weights)};
	}

	if (method.kind === 'products') {
		return {map: await dotGradients({walk, layer, activations}, seed)};
	}

	const gradients = await walk.gradients(seed);
	const gradient = gradients.get(layer)!;
	if (method.kind === 'cells') {
		return {map: await method.cells(gradient, activations)};
	}

	const weights = await method.weights(gradient, activations);
	return {weights, map: await activations.combine(weights)};
};

/** `[seeds, space]` Σ_k G_k · A_k, without the gradients themselves where the head allows it. */
export const dotGradients = async (
	{walk, layer, activations}: Explained,
	seeds: Adjoint,
): Promise<Float32Array> => {
	const dots = await walk.dotted(
		seeds,
		new Map([
			[
				layer,
				{
					byPosition: activations.byPosition,
					dot: async (gradient) => dotChannels(gradient, activations),
				},
			],
		]),
	);
	return dots.get(layer)!;
};

/** A map before its ReLU, and where it comes from the numbers of the input, these. */
export type SubjectMap = {
	/** `[height, width]` */
	readonly map: Float32Array;
	readonly height: number;
	readonly width: number;
	/** `[C, H, W]`, with signs. */
	readonly attribution?: Float32Array;
};

/** Explains each target of a subject by a method that asks more of the network than one gradient. */
export const computeSubjectMaps = async (
	method: SubjectMethod,
	subject: Subject,
): Promise<readonly SubjectMap[]> => {
	if (method.kind === 'map') {
		const {height, width} = subject.layer;
		const maps = await method.maps(subject);
		return maps.map((map) => ({map, height, width}));
	}

	const {input, targets} = subject;
	const {height, width} = input;
	const attributions = await method.attribute(subject);
	const size = input.data.length;
	return Array.from({length: targets}, (_, target) => {
		const attribution = attributions.subarray(
			target * size,
			(target + 1) * size,
		);
		const map = method.flatten({...input, data: attribution});
		return {map, height, width, attribution};
	});
};

/** What an image left behind at one layer. */
export type Explained = {
	readonly walk: Walk;
	readonly layer: string;
	readonly activations: Activations;
};

/** The ReLU that ends every method, in place, with the range of the result. A cell that is not a number, which a network with overflowing activations may give, counts as 0. */
export const rectify = (
	map: Float32Array,
): {readonly min: number; readonly max: number} => {
	let min = Number.POSITIVE_INFINITY;
	let max = 0;
	for (let index = 0; index < map.length; index++) {
		// A comparison with 0 would be guessed wrong every other time; those below almost never are. `Math.min` and its like take four times as long.
		const twice = map[index] + Math.abs(map[index]);
		const value = twice >= 0 ? twice / 2 : 0;
		map[index] = value;
		if (value < min) {
			min = value;
		}

		if (value > max) {
			max = value;
		}
	}

	return {min: Math.min(min, max), max};
};
