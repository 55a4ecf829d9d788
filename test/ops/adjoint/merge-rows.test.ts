import {describe, expect, it} from 'vitest';
import {addAdjoints, complete} from '../../../source/ops/adjoint/add.js';
import type {
	Adjoint,
	SparseAdjoint,
} from '../../../source/ops/adjoint/adjoint.js';
import {densify} from '../../../source/ops/adjoint/dense.js';
import type {PendingAdjoint} from '../../../source/ops/adjoint/merge-rows.js';

const shape = [1, 2, 1, 4];
const seeds = 2;

/** Each row at `[owner, position]` holds the number and its negative. */
const sparse = (
	...places: ReadonlyArray<readonly [number, number, number]>
): SparseAdjoint => ({
	kind: 'sparse',
	seeds,
	shape,
	owners: Int32Array.from(places, ([owner]) => owner),
	positions: Int32Array.from(places, ([, position]) => position),
	rows: Float32Array.from(places.flatMap((place) => [place[2], -place[2]])),
});

const postpone = (...parts: readonly SparseAdjoint[]): PendingAdjoint => ({
	kind: 'pending',
	seeds,
	shape,
	parts: parts.map(({owners, positions, rows}) => ({
		owners,
		positions,
		async write(into) {
			into.set(rows);
		},
	})),
});

const known = sparse([0, 1, 1], [1, 3, 2]);
const apart = sparse([0, 2, 3], [0, 3, 4]);
const across = sparse([0, 0, 5], [0, 1, 6], [1, 2, 7], [1, 3, 8]);

describe('rows that are still to be computed', () => {
	it('add up to what they do once they are', async () => {
		const wanted = densify(addAdjoints([known, apart, across]));
		const orders: ReadonlyArray<ReadonlyArray<Adjoint | PendingAdjoint>> = [
			[known, postpone(apart, across)],
			[postpone(across), known, postpone(apart)],
			[postpone(known, apart, across)],
			[densify(across), known, postpone(apart)],
		];
		for (const parts of orders) {
			// eslint-disable-next-line no-await-in-loop -- One order after the other.
			expect(densify(addAdjoints(await complete(parts)))).toEqual(wanted);
		}
	});

	it('leave what came through global pooling as it is', async () => {
		const uniform = Float32Array.of(1, 2, 3, 4);
		const pooled = {...sparse(), uniform};
		const [sum] = await complete([pooled, postpone(apart)]);
		expect(densify(sum)).toEqual(densify({...apart, uniform}));
	});

	it('are only asked for where there are any', async () => {
		expect(await complete([known, apart])).toEqual([known, apart]);
	});
});
