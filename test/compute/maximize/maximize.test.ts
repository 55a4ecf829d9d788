import path from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {
	loadModel,
	type LoadedModel,
} from '../../../source/compute/model/load-model.js';
import {maximize} from '../../../source/compute/maximize/maximize.js';
import {
	createObjective,
	type Goal,
} from '../../../source/compute/maximize/objective.js';
import {variationGradient} from '../../../source/compute/maximize/variation.js';
import {
	randomWarp,
	unwarp,
	warp,
} from '../../../source/compute/maximize/warp.js';
import {seededNumbers} from '../../../source/cam/noise.js';

const models = path.resolve(import.meta.dirname, '../../../models');
const size = {channels: 2, height: 7, width: 9};
const randomPicture = (seed: number) => {
	const next = seededNumbers(seed);
	return Float32Array.from({length: 2 * 7 * 9}, next);
};

const dot = (a: Float32Array, b: Float32Array) => {
	let sum = 0;
	for (const [at, value] of a.entries()) {
		sum += value * b[at];
	}

	return sum;
};

describe('what a step is made of', () => {
	test('what a move reads is what its derivative gives back', () => {
		const move = randomWarp(size, seededNumbers(3));
		const [picture, gradient] = [randomPicture(1), randomPicture(2)];
		expect(dot(warp(picture, move), gradient)).toBeCloseTo(
			dot(picture, unwarp(gradient, move)),
			3,
		);
	});

	test('a moved picture of one colour is the same picture', () => {
		const move = randomWarp(size, seededNumbers(4));
		for (const value of warp(new Float32Array(126).fill(0.5), move)) {
			expect(value).toBeCloseTo(0.5, 5);
		}
	});

	test('the variation grows where its gradient points', () => {
		const data = randomPicture(5);
		const variation = (picture: ArrayLike<number>) => {
			let sum = 0;
			for (let at = 0; at < picture.length; at++) {
				const right = at % 9 < 8 ? picture[at] - picture[at + 1] : 0;
				const below = at % 63 < 54 ? picture[at] - picture[at + 9] : 0;
				sum += Math.sqrt(right ** 2 + below ** 2 + 1e-3);
			}

			return sum;
		};

		const gradient = variationGradient({...size, data});
		const step = 1e-3;
		for (const at of [0, 8, 40, 62, 63, 125]) {
			const [up, down] = [[...data], [...data]];
			up[at] += step;
			down[at] -= step;
			expect((variation(up) - variation(down)) / (2 * step)).toBeCloseTo(
				gradient[at],
				2,
			);
		}
	});
});

describe.each(['onnxruntime', 'wasm'])('on %s', (runtime) => {
	const loaded = new Map<string, LoadedModel>();
	beforeAll(async () => {
		for (const name of ['signs', 'street']) {
			loaded.set(
				name,
				// eslint-disable-next-line no-await-in-loop -- two
				await loadModel(path.join(models, name, 'model.onnx'), {runtime}),
			);
		}
	});
	afterAll(async () => {
		await Promise.all(
			[...loaded.values()].map(async (model) => model.dispose()),
		);
	});

	const open = async (name: string, goal: Goal) => {
		const model = loaded.get(name)!;
		const [height, width] = model.manifest.inputSize!;
		return createObjective(model, model.network({height, width}), goal);
	};

	test('the gradient is that of the score', async () => {
		const objective = await open('signs', {kind: 'class', class: 4});
		const next = seededNumbers(1);
		const picture = Float32Array.from({length: 3 * 48 * 48}, next);
		const {gradient} = await objective.evaluate(picture);
		const slopes = await gradient();
		const step = 1e-3;
		const direction = slopes.map((value) => Math.sign(value));
		const moved = async (by: number) => {
			const {score} = await objective.evaluate(
				picture.map((value, at) => value + by * direction[at]),
			);
			return score;
		};

		const slope = ((await moved(step)) - (await moved(-step))) / (2 * step);
		expect(slope / dot(slopes, direction)).toBeCloseTo(1, 1);
		await objective.dispose();
	});

	test('a sign is reached early, the same for the same seed', async () => {
		const objective = await open('signs', {kind: 'class', class: 4});
		const found = await maximize(objective, {steps: 200, seed: 2});
		expect(found.isSure).toBe(true);
		expect(found.curve.length).toBeLessThan(200);
		expect(found.probability).toBeGreaterThanOrEqual(0.995);
		expect(found.picture.every((value) => value >= 0 && value <= 1)).toBe(true);
		const again = await maximize(objective, {steps: 200, seed: 2});
		expect(again.picture).toEqual(found.picture);
		await objective.dispose();
	});

	test.each<[string, Goal]>([
		['street', {kind: 'class', class: 5}],
		['signs', {kind: 'channel', layer: 'encoder4/keep/relu', channel: 5}],
	])('the response of %s grows', async (name, goal) => {
		const objective = await open(name, goal);
		const {curve, score, probability} = await maximize(objective, {
			steps: 12,
			seed: 1,
		});
		expect(curve).toHaveLength(12);
		expect(score).toBeGreaterThan(curve[0].score + 0.5);
		expect(probability === undefined).toBe(goal.kind === 'channel');
		await objective.dispose();
	});

	test('an interruption ends it between two steps', async () => {
		const objective = await open('signs', {kind: 'class', class: 4});
		const controller = new AbortController();
		const steps: number[] = [];
		await expect(
			maximize(objective, {
				steps: 50,
				seed: 1,
				signal: controller.signal,
				onStep({step}) {
					steps.push(step);
					if (step === 3) {
						controller.abort();
					}
				},
			}),
		).rejects.toThrow(/abort/iv);
		expect(steps).toEqual([1, 2, 3]);
		await objective.dispose();
	});
});
