import {describe, expect, test} from 'vitest';
import {createSelection} from '../../../../source/compute/precompute/points/strongest.js';
import {randomNumbers} from '../../../graph/build.js';

const choose = (
	values: readonly number[],
	{top = 3, threshold = 0, max = 1} = {},
) => {
	const select = createSelection(values.length, top, threshold);
	const {count, positions, weights} = select(Float32Array.from(values), max);
	return Array.from({length: count}, (_, at) => [
		positions[at],
		Number(weights[at].toFixed(6)),
	]);
};

describe('the strongest points of a map', () => {
	test('are listed by position, divided by the maximum', () => {
		expect(choose([0.5, 4, 1, 0, 2], {max: 4})).toEqual([
			[1, 1],
			[2, 0.25],
			[4, 0.5],
		]);
	});

	test('are the first ones where several are equal', () => {
		expect(choose([0.2, 0.7, 0.2, 0.2, 0.2, 0.7], {top: 4})).toEqual([
			[0, 0.2],
			[1, 0.7],
			[2, 0.2],
			[5, 0.7],
		]);
	});

	test('are above 0 once rounded to four decimals', () => {
		expect(choose([0.000_04, 0.000_06, 0, 1])).toEqual([
			[1, 0.0001],
			[3, 1],
		]);
	});

	test('reach the threshold', () => {
		expect(choose([0.3, 0.2999, 0.3001, 1], {threshold: 0.3})).toEqual([
			[0, 0.3],
			[2, 0.3001],
			[3, 1],
		]);
	});

	test('are none of an empty map', () => {
		expect(choose([0, 0, 0], {max: 0})).toEqual([]);
	});

	test('are those that sorting finds, map after map', () => {
		const next = randomNumbers(3);
		const select = createSelection(1000, 50, 0);
		for (let round = 0; round < 20; round++) {
			const map = Float32Array.from(
				{length: 1000},
				() => Math.max(0, next()) ** (round + 1),
			);
			const max = Math.max(...map);
			const sorted = Array.from(map, (value) =>
				Math.floor((value * 10_000) / max + 0.5),
			)
				.map((value, at) => [at, value])
				.filter(([, value]) => value > 0)
				.toSorted(([a, x], [b, y]) => y - x || a - b)
				.slice(0, 50)
				.toSorted(([a], [b]) => a - b);
			const {count, positions, weights} = select(map, max);
			expect(
				Array.from({length: count}, (_, at) => [
					positions[at],
					Math.round(weights[at] * 10_000),
				]),
			).toEqual(sorted);
		}
	});
});
