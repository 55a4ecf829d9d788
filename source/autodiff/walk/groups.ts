import {elementCount} from '../../graph/tensor.js';
import type {Adjoint} from '../../ops/adjoint/adjoint.js';
import {sliceSeeds} from '../../ops/adjoint/split-seeds.js';

/** The most elements one adjoint may have (256 MB) before its seeds are split into groups: a step holds several adjoints, and every core has its own. */
const largestAdjoint = 2 ** 24;

/** Whether an adjoint has so many seeds that they should be split into groups. */
export const outgrows = ({
	seeds,
	shape,
}: Pick<Adjoint, 'seeds' | 'shape'>): boolean =>
	seeds > 1 && seeds * elementCount(shape) > largestAdjoint;

/** Walks all seeds of an adjoint in one batch, or in several groups in order; returns the result of each group. */
type WalkInGroups = <Result>(
	seed: Adjoint,
	walk: (group: Adjoint) => Promise<Result | undefined>,
) => Promise<readonly Result[]>;

/** Halves the group size whenever `walk` returns undefined, meaning that so many seeds do not fit into memory, and remembers it for the next walks. */
export const groupSeeds = (): WalkInGroups => {
	let most = Number.POSITIVE_INFINITY;
	return async <Result>(
		seed: Adjoint,
		walk: (group: Adjoint) => Promise<Result | undefined>,
	) => {
		const groups: Result[] = [];
		let begin = 0;
		while (begin < seed.seeds) {
			const end = Math.min(begin + most, seed.seeds);
			const group =
				end - begin === seed.seeds ? seed : sliceSeeds(seed, begin, end);
			// eslint-disable-next-line no-await-in-loop -- Together they would not fit.
			const result = await walk(group);
			if (result === undefined) {
				most = Math.ceil((end - begin) / 2);
			} else {
				groups.push(result);
				begin = end;
			}
		}

		return groups;
	};
};
