import {expect, test} from 'vitest';
import {
	createMix,
	laneBytes,
} from '../../../../source/compute/precompute/seeds/mix-kernel.js';
import {randomNumbers} from '../../../graph/build.js';

/** Cells of a map: several turns of the loop. */
const length = 12;
const bytes = 4 * length;

/** Three maps in a memory, and what mixes the second and third into the first. */
const setUp = () => {
	const memory = new WebAssembly.Memory({initial: 1});
	const mix = createMix(memory);
	const next = randomNumbers(3);
	const map = (at: number) =>
		new Float32Array(memory.buffer, at * bytes, length);
	const [target, a, b] = [map(0), map(1), map(2)];
	for (let cell = 0; cell < length; cell++) {
		a[cell] = next() - 0.5;
		b[cell] = next() - 0.5;
	}

	return {
		target,
		a,
		b,
		mix: (weight: number, floor: number) =>
			mix(0, bytes, 2 * bytes, bytes, weight, floor),
	};
};

test('maps are whole numbers of lanes', () => {
	expect(bytes % laneBytes).toBe(0);
});

test.each([0, 0.3, 1])(
	'mixes two maps (%s) and finds the maximum',
	(weight) => {
		for (const floor of [0, Number.NEGATIVE_INFINITY]) {
			const {target, a, b, mix} = setUp();
			const max = mix(weight, floor);
			const wanted = Array.from(a, (value, cell) =>
				Math.max(value + weight * (b[cell] - value), floor),
			);
			for (const [cell, value] of wanted.entries()) {
				expect(target[cell]).toBeCloseTo(value, 6);
			}

			expect(max).toBe(Math.max(...target, 0));
			expect(max).toBeGreaterThan(0);
		}
	},
);

test('counts what is not a number as the floor', () => {
	const {target, a, mix} = setUp();
	a[5] = Number.NaN;
	expect(mix(0.5, 0)).toBeGreaterThan(0);
	expect(target[5]).toBe(0);
	expect(target.every((value) => value >= 0)).toBe(true);
});

test('leaves what lies behind the target alone', () => {
	const {a, b, mix} = setUp();
	const before = [...a, ...b];
	mix(0.5, 0);
	expect([...a, ...b]).toEqual(before);
});
