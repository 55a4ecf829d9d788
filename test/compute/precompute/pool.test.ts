import {expect, test} from 'vitest';
import type {Band} from '../../../source/compute/precompute/seeds/band.js';
import {createBandMemory} from '../../../source/compute/precompute/pool.js';

const bandOf = (seeds: number): Band => ({
	start: 0,
	end: 1,
	positions: new Uint32Array(seeds),
	ids: new Uint16Array(seeds),
});

test('all bands lie in the same memory, that of the largest', () => {
	const bands = [bandOf(2), bandOf(5), bandOf(3)];
	const shareBand = createBandMemory(bands, 7);
	const shared = bands.map((band) => shareBand(band));
	expect(shared.map(({maps}) => maps.length)).toEqual([14, 35, 21]);
	expect(new Set(shared.map(({maps}) => maps.buffer)).size).toBe(1);
	expect(shared[0].maps.buffer.byteLength).toBe(4 * 35);
	expect(shared.map(({next}) => next[0])).toEqual([0, 0, 0]);
});
