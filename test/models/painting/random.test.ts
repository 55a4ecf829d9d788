import {describe, expect, it} from 'vitest';
import {seeded} from '../../../models/painting/random.js';

const draw = (seed: number, count: number) => {
	const random = seeded(seed);
	return Array.from({length: count}, () => random.between(0, 1));
};

describe('seeded', () => {
	it('repeats itself for the same seed', () => {
		expect(draw(7, 20)).toEqual(draw(7, 20));
	});

	it('starts neighbouring seeds differently', () => {
		const starts = Array.from({length: 200}, (_, seed) => draw(seed, 1)[0]);
		const mean = starts.reduce((sum, value) => sum + value, 0) / 200;
		expect(new Set(starts).size).toBe(200);
		expect(mean).toBeGreaterThan(0.4);
		expect(mean).toBeLessThan(0.6);
	});

	it('gives forks that do not depend on how much their siblings draw', () => {
		const thrifty = seeded(3);
		thrifty.fork();
		const wasteful = seeded(3);
		const first = wasteful.fork();
		for (let count = 0; count < 50; count++) {
			first.between(0, 1);
		}

		expect(wasteful.fork().between(0, 1)).toBe(thrifty.fork().between(0, 1));
	});

	it('draws integers from both ends of a range', () => {
		const random = seeded(1);
		const drawn = new Set(
			Array.from({length: 100}, () => random.integer(2, 4)),
		);
		expect([...drawn].toSorted((a, b) => a - b)).toEqual([2, 3, 4]);
	});

	it('draws normal numbers of the deviation that was asked', () => {
		const random = seeded(1);
		const values = Array.from({length: 4000}, () => random.normal(5, 2));
		const mean = values.reduce((sum, value) => sum + value, 0) / 4000;
		const variance =
			values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 4000;
		expect(mean).toBeCloseTo(5, 0);
		expect(Math.sqrt(variance)).toBeCloseTo(2, 0);
	});
});
