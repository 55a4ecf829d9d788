import {expect, test} from 'vitest';
import {groupSeeds} from '../../../source/autodiff/walk/groups.js';
import {seedAdjoint} from '../../../source/autodiff/seed.js';
import {densify} from '../../../source/ops/adjoint/dense.js';
import {joinSeeds} from '../../../source/ops/adjoint/split-seeds.js';

const seed = seedAdjoint(
	[1, 3, 4, 5],
	Array.from({length: 7}, (_, at) => ({
		class: at % 3,
		pixels: [{position: at}, {position: 19 - at, weight: 2}],
	})),
);

test('seeds that do not fit into memory walk in smaller groups, from then on', async () => {
	const walkInGroups = groupSeeds();
	const tried: number[] = [];
	const walk = async ({seeds}: {readonly seeds: number}) => {
		tried.push(seeds);
		return seeds > 3 ? undefined : seeds;
	};

	const groups = await walkInGroups(seed, walk);
	expect(groups).toEqual([2, 2, 2, 1]);
	expect(tried).toEqual([7, 4, 2, 2, 2, 1]);
	await walkInGroups(seed, walk);
	expect(tried.slice(6)).toEqual([2, 2, 2, 1]);
});

test('groups keep the order of the seeds, and joined they are the whole', async () => {
	const groups = await groupSeeds()(seed, async (group) =>
		group.seeds > 2 ? undefined : group,
	);
	const joined = joinSeeds(groups);
	expect(joined).toEqual(seed);
	const dense = joinSeeds(groups.map((group) => densify(group)));
	expect(densify(dense).data).toEqual(densify(seed).data);
});
