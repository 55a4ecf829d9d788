import {describe, expect, test} from 'vitest';
import type {SparseAdjoint} from '../../../source/ops/adjoint/adjoint.js';
import {densify} from '../../../source/ops/adjoint/dense.js';
import {
	joinSeeds,
	sliceSeeds,
	splitSeeds,
} from '../../../source/ops/adjoint/split-seeds.js';

/** Three seeds over two channels and two positions; the second has no row. */
const sparse: SparseAdjoint = {
	kind: 'sparse',
	seeds: 3,
	shape: [1, 2, 1, 2],
	owners: Int32Array.of(0, 2, 2),
	positions: Int32Array.of(1, 0, 1),
	rows: Float32Array.of(1, 2, 3, 4, 5, 6),
};

const withUniform: SparseAdjoint = {
	...sparse,
	uniform: Float32Array.of(10, 20, 30, 40, 50, 60),
};

describe.each([
	['sparse', sparse],
	['sparse with a uniform term', withUniform],
	['dense', densify(withUniform)],
] as const)('an adjoint that is %s', (_, adjoint) => {
	test('is split into seeds that joined are the same again', () => {
		const parts = splitSeeds(adjoint);
		expect(parts.map(({seeds}) => seeds)).toEqual([1, 1, 1]);
		expect(densify(joinSeeds(parts)).data).toEqual(densify(adjoint).data);
	});

	test('gives some of its seeds as they stand in the whole', () => {
		const {data} = densify(adjoint);
		expect(densify(sliceSeeds(adjoint, 1, 3)).data).toEqual(data.slice(4));
	});
});

test('parts of both kinds are joined densely', () => {
	const joined = joinSeeds([sparse, densify(withUniform)]);
	expect(joined.kind).toBe('dense');
	expect(joined.seeds).toBe(6);
});
