import type * as tf from '@tensorflow/tfjs-core';
import {ModelError} from '../../errors.js';
import {numberAttribute, stringAttribute} from '../node/attributes.js';
import type {NodeView} from '../node/view.js';
import {shapeOf, shapeText} from '../node/shapes.js';

const modes = ['bilinear', 'nearest', 'bicubic'];
const paddings = ['zeros', 'border', 'reflection'];

const choose = (
	{node}: NodeView,
	attribute: string,
	choices: readonly string[],
): string => {
	const name = stringAttribute(node, attribute, choices[0]);
	if (!choices.includes(name)) {
		throw new ModelError(
			`Node ${node.name}: a GridSample whose ${attribute} is ${name} is not known; use one of ${choices.join(', ')}`,
		);
	}

	return name;
};

/**
Sizes and attributes of a GridSample of `[N, C, height, width]` by a grid `[N, rows, columns, 2]`.

@throws {ModelError} If shapes do not fit, or a mode is not known.
*/
export const readSampling = (view: NodeView) => {
	const shape = shapeOf(view, 0);
	const grid = shapeOf(view, 1);
	if (
		shape.length !== 4 ||
		grid.length !== 4 ||
		grid[0] !== shape[0] ||
		grid[3] !== 2
	) {
		throw new ModelError(
			`Node ${view.node.name}: a grid ${shapeText(grid)} does not sample ${shapeText(shape)}; only pictures [N, C, H, W] are sampled, by a grid [N, H, W, 2]`,
		);
	}

	const [batch, channels, height, width] = shape;
	const mode = choose(view, 'mode', modes);
	return {
		output: [batch, channels, grid[1], grid[2]],
		/** By coordinate of the grid: x, then y. */
		sizes: [width, height],
		isNearest: mode === 'nearest',
		isCubic: mode === 'bicubic',
		padding: choose(view, 'padding_mode', paddings),
		/** 1 where −1 and 1 are the centres of the corners' cells, 0 where they are the edges of the picture. */
		align: numberAttribute(view.node, 'align_corners', 0),
	};
};

/** How a GridSample reads its input. */
export type Sampling = ReturnType<typeof readSampling>;

/** A neighbour along one axis: its index, −1 outside; its weight; how fast the weight grows with the grid's coordinate. */
type Neighbour = readonly [index: number, weight: number, slope: number];

/** Halves go to the even one, as in runtimes. */
const roundEven = (x: number) =>
	x - Math.floor(x) === 0.5 ? 2 * Math.round(x / 2) : Math.round(x);

/** What pictures repeat after where they are mirrored, and the sum of an index and its mirror image. */
const mirror = (size: number, align: number) => ({
	period: Math.max(2 * (size - align), 1),
	sum: 2 * (size - 1) + (1 - align),
});

/** The index that stands for one that may lie outside. */
const place = (at: number, size: number, {padding, align}: Sampling) => {
	if (padding === 'border') {
		return Math.min(Math.max(at, 0), size - 1);
	}

	if (padding === 'reflection') {
		const {period, sum} = mirror(size, align);
		const within = at - period * Math.floor(at / period);
		return Math.min(within, sum - within);
	}

	return at >= 0 && at < size ? at : -1;
};

/** The weight of a cell by its distance, as a polynomial: within one cell, and within two. @see https://doi.org/10.1109/TASSP.1981.1163711 equation 15, with a = −0.75, as PyTorch and ONNX have it */
const cubicWeights = [
	[1.25, -2.25, 0, 1],
	[-0.75, 3.75, -6, 3],
] as const;

/** The neighbours that a cubic mixes, by their place after the first one to the left, and which part of it holds for them. */
const cubicNeighbours = [
	{offset: -1, weights: cubicWeights[1]},
	{offset: 0, weights: cubicWeights[0]},
	{offset: 1, weights: cubicWeights[0]},
	{offset: 2, weights: cubicWeights[1]},
] as const;

/** The neighbours of a coordinate of the grid. Single precision, as runtimes compute: it decides which is nearest. */
export const neighbours = (
	coordinate: number,
	size: number,
	sampling: Sampling,
): readonly Neighbour[] => {
	const {align, isNearest, isCubic} = sampling;
	const whole = Math.fround(Math.fround(coordinate + 1) * (size - align));
	const at = Math.fround(whole - (1 - align)) / 2;
	if (isNearest) {
		return [[place(roundEven(at), size, sampling), 1, 0]];
	}

	const first = Math.floor(at);
	const slope = (size - align) / 2;
	if (isCubic) {
		return cubicNeighbours.map(({offset, weights: [a, b, c, d]}) => {
			const signed = at - first - offset;
			const x = Math.abs(signed);
			const steepness = Math.sign(signed) * ((3 * a * x + 2 * b) * x + c);
			return [
				place(first + offset, size, sampling),
				((a * x + b) * x + c) * x + d,
				steepness * slope,
			];
		});
	}

	return [
		[place(first, size, sampling), 1 - (at - first), -slope],
		[place(first + 1, size, sampling), at - first, slope],
	];
};

/** The same neighbours for all points of a grid at once: `[index, weight]`, where the weight is 0 outside. */
export const lowerNeighbours = (
	engine: typeof tf,
	coordinates: tf.Tensor,
	size: number,
	{align, isNearest, isCubic, padding}: Sampling,
): ReadonlyArray<readonly [tf.Tensor, tf.Tensor]> => {
	const whole = engine.mul(engine.add(coordinates, 1), size - align);
	const at = engine.mul(engine.sub(whole, 1 - align), 0.5);
	const settle = (index: tf.Tensor, weight: tf.Tensor) => {
		const inside = engine.clipByValue(index, 0, size - 1);
		if (padding === 'reflection') {
			const {period, sum} = mirror(size, align);
			const turns = engine.floor(engine.div(index, period));
			const within = engine.sub(index, engine.mul(turns, period));
			const mirrored = engine.sub(sum, within);
			return [engine.minimum(within, mirrored), weight] as const;
		}

		return padding === 'border'
			? ([inside, weight] as const)
			: ([
					inside,
					engine.mul(
						weight,
						engine.cast(engine.equal(inside, index), 'float32'),
					),
				] as const);
	};

	if (isNearest) {
		const nearest = engine.round(at);
		return [settle(nearest, engine.onesLike(at))];
	}

	const first = engine.floor(at);
	const fraction = engine.sub(at, first);
	if (isCubic) {
		return cubicNeighbours.map(({offset, weights}) => {
			const x = engine.abs(engine.sub(fraction, offset));
			let weight: tf.Tensor = engine.fill(x.shape, weights[0]);
			for (const coefficient of weights.slice(1)) {
				weight = engine.add(engine.mul(weight, x), coefficient);
			}

			return settle(engine.add(first, offset), weight);
		});
	}

	return [
		settle(first, engine.sub(1, fraction)),
		settle(engine.add(first, 1), fraction),
	];
};
