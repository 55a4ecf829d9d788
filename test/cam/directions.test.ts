import {expect, test} from 'vitest';
import {newArray} from '../../source/ops/adjoint/scratch.js';
import {knownSums} from '../../source/ops/adjoint/sum-rows.js';
import {readActivations} from '../../source/cam/activations.js';
import {computeMaps} from '../../source/cam/compute-maps.js';
import {findGradientMethod} from '../../source/cam/find-method.js';
import type {Adjoint} from '../../source/ops/adjoint/adjoint.js';
import type {Kernels} from '../../source/ops/rules/kernels.js';
import {elementCount, type Shape} from '../../source/graph/tensor.js';
import {randomNumbers} from '../graph/build.js';

const never = (): never => {
	throw new Error('Small sums need no runtime');
};

const noKernels: Kernels = {
	run: never,
	product: never,
	hold: never,
	network: never,
};

const manyCells = [1, 3, 4, 5];
const manyChannels = [1, 12, 2, 3];

const randomNumbersOf = (shape: Shape, seed: number) =>
	Float32Array.from({length: elementCount(shape)}, randomNumbers(seed));

/** A layer `[1, channels, …space]`, the gradient of a logit there, and what a method makes of both. */
const explain = async (name: string, shape: Shape) => {
	const [, channels, height, width] = shape;
	const space = height * width;
	const method = findGradientMethod(name)!;
	const activations = readActivations(
		{name: 'layer', type: 'float32', shape},
		randomNumbersOf(shape, 2),
		noKernels,
	);
	const gradient: Adjoint = {
		kind: 'dense',
		seeds: 1,
		shape,
		data: randomNumbersOf(shape, 3),
	};
	const pooled = Float32Array.from({length: channels}, (_, channel) =>
		gradient.data
			.subarray(channel * space, (channel + 1) * space)
			.reduce((sum, value) => sum + value, 0),
	);
	const map = await computeMaps(
		method,
		{
			layer: 'layer',
			activations,
			walk: {
				gradients: async () => new Map([['layer', gradient]]),
				readGradients: async (_, read) => [
					await read(new Map([['layer', gradient]])),
				],
				async pooled(_, read) {
					const parts = [knownSums(1, pooled)];
					const map = await read!({seeds: 1, channels, parts}, newArray);
					return new Map([['layer', map]]);
				},
				dotted: async (_, layers) =>
					new Map([['layer', await layers.get('layer')!.dot(gradient)]]),
			},
		},
		gradient,
	);
	return {directions: method.directions!, activations, gradient, map};
};

test.each(['grad-cam', 'xgrad-cam', 'hirescam'])(
	'what the gradient says along the directions of %s is its map',
	async (name) => {
		for (const shape of [manyCells, manyChannels]) {
			// eslint-disable-next-line no-await-in-loop
			const {directions, activations, gradient, map} = await explain(
				name,
				shape,
			);
			const derivatives = Float32Array.from(
				{length: directions.count(activations)},
				(_, index) =>
					directions
						.change(activations, index)
						.reduce((sum, value, at) => sum + value * gradient.data[at], 0),
			);
			// eslint-disable-next-line no-await-in-loop
			const combined = await directions.combine(derivatives, activations);
			expect(combined).toHaveLength(map.length);
			for (const [cell, value] of map.entries()) {
				expect(combined[cell]).toBeCloseTo(value, 5);
			}
		}
	},
);

test('there are as few directions as the layer has channels or cells', async () => {
	for (const [shape, count] of [
		[manyCells, 3],
		[manyChannels, 6],
	] as const) {
		// eslint-disable-next-line no-await-in-loop
		const {directions, activations} = await explain('grad-cam', shape);
		expect(directions.count(activations)).toBe(count);
	}
});

test('a channel that sums to nothing has no share in XGrad-CAM', async () => {
	const {directions, activations} = await explain('xgrad-cam', manyCells);
	const silent = {...activations, sums: () => new Float64Array(3)};
	expect(new Set(directions.change(silent, 1))).toEqual(new Set([0]));
});
