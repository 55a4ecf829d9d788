import {normalNumbers, seededNumbers} from '../../cam/noise.js';
import type {Objective, Response} from './objective.js';
import {variationGradient} from './variation.js';
import {randomWarp, unwarp, warp} from './warp.js';

/** How a picture is optimised. */
export type MaximizeOptions = {
	/** The maximum number of steps. */
	readonly steps: number;
	/** Seeds the first picture and its random transformations. */
	readonly seed: number;
	readonly signal?: AbortSignal;
	readonly onStep?: (step: Step) => void;
};

/** The network's response at a step, to the transformed picture. */
export type Step = Response & {readonly step: number};

/** A picture that excites the goal. */
export type Maximized = Response & {
	/** `[C, H, W]`, 0–1. */
	readonly picture: Float32Array;
	readonly curve: readonly Step[];
	/** Whether the probability was reached before the last step. */
	readonly isSure: boolean;
};

/** The probability at which a class counts as reached. */
const sureProbability = 0.995;

/** How many transformed pictures in a row must show the class: few steps suffice to fool a network, more to show what it looks for. */
const sureMoves = 30;

/** The step sizes of the ascent; gradients are normalised first, so that these suit every network. */
const ascent = {
	/** The first step, as a share of a pixel's range. */
	rate: 0.02,
	/** The last step, as a share of the first: large ones find the place, small ones the picture. */
	lastRate: 0.3,
	/** Momentum: the share of each step that the next one keeps. */
	momentum: 0.7,
	/** Weight decay towards grey (L2). */
	decay: 0.1,
	/** Weight of the total variation, which pulls towards neighbours. */
	variation: 0.5,
	/** Standard deviation of the first picture from grey. */
	noise: 0.04,
} as const;

const rootMeanSquare = (values: Float32Array): number => {
	let sum = 0;
	for (const value of values) {
		sum += value ** 2;
	}

	return Math.sqrt(sum / values.length);
};

/**
Finds a picture that excites a class or a channel, by gradient ascent from grey noise. Weight decay and total variation suppress noise; before each step the picture is jittered, scaled and rotated a little, so that it has to hold from any angle.

Stops early once the class has a probability of 0.995, as it is and in the last thirty transformations.

@see Simonyan et al., "Deep Inside Convolutional Networks", ICLR 2014 workshop, equation 1 (L2). https://arxiv.org/abs/1312.6034 Mahendran and Vedaldi, "Understanding Deep Image Representations by Inverting Them", CVPR 2015, section 2 (total variation). https://arxiv.org/abs/1412.0035 Olah et al., "Feature Visualization", Distill 2017 (transformations). https://distill.pub/2017/feature-visualization
*/
export const maximize = async (
	objective: Objective,
	{steps, seed, signal, onStep}: MaximizeOptions,
): Promise<Maximized> => {
	const {size} = objective;
	const uniform = seededNumbers(seed);
	const normal = normalNumbers(uniform);
	let picture: Float32Array = Float32Array.from(
		{length: size.channels * size.height * size.width},
		() => 0.5 + ascent.noise * normal(),
	);
	const velocity = new Float32Array(picture.length);
	const curve: Step[] = [];
	let isSure = false;
	let surelySeen = 0;
	/* eslint-disable no-await-in-loop -- each step needs the one before */
	for (let step = 1; step <= steps && !isSure; step++) {
		signal?.throwIfAborted();
		const move = randomWarp(size, uniform);
		const response = await objective.evaluate(warp(picture, move));
		const gradient = unwarp(await response.gradient(), move);
		picture = climb(picture, gradient, velocity, {
			variation: variationGradient({...size, data: picture}),
			rate: ascent.rate * (1 + (ascent.lastRate - 1) * ((step - 1) / steps)),
		});
		const {score, probability} = response;
		curve.push({step, score, probability});
		onStep?.(curve.at(-1)!);
		surelySeen = (probability ?? 0) >= sureProbability ? surelySeen + 1 : 0;
		if (surelySeen >= sureMoves) {
			const still = await objective.evaluate(picture);
			isSure = still.probability! >= sureProbability;
		}
	}
	/* eslint-enable no-await-in-loop */

	const {score, probability} = await objective.evaluate(picture);
	return {picture, curve, isSure, score, probability};
};

/** One step up, within 0–1; updates the momentum in `velocity`. */
const climb = (
	picture: Float32Array,
	gradient: Float32Array,
	velocity: Float32Array,
	{variation, rate}: {variation: Float32Array; rate: number},
): Float32Array => {
	// Without any response there is no slope to climb.
	const length = rootMeanSquare(gradient) || 1;
	return picture.map((value, at) => {
		const slope =
			gradient[at] / length -
			ascent.decay * (value - 0.5) -
			ascent.variation * variation[at];
		velocity[at] =
			ascent.momentum * velocity[at] + (1 - ascent.momentum) * rate * slope;
		return Math.min(Math.max(value + velocity[at], 0), 1);
	});
};
