import type {Adjoint} from '../../ops/adjoint/adjoint.js';
import {type Allocate, newArray} from '../../ops/adjoint/scratch.js';
import {channelCount, positionCount} from '../../ops/adjoint/extent.js';
import {sumOverSpace} from '../../ops/adjoint/rows.js';
import {addUp, type PendingSums, sumRows} from '../../ops/adjoint/sum-rows.js';

/** `[seeds, channels]`: an adjoint summed over space. */
export const poolAdjoint = (
	adjoint: Adjoint,
	allocate: Allocate = newArray,
): Float32Array => {
	if (adjoint.kind === 'sparse') {
		return sumOverSpace(adjoint, allocate);
	}

	const space = positionCount(adjoint.shape);
	const {data, seeds, shape} = adjoint;
	return Float32Array.from(
		{length: seeds * channelCount(shape)},
		(_, channel) => {
			// In double precision: the sum runs over a whole picture.
			let sum = 0;
			for (let at = channel * space; at < (channel + 1) * space; at++) {
				sum += data[at];
			}

			return sum;
		},
	);
};

/** Sums over space, in parts that are yet to be computed and added up. */
export type SpaceSums = {
	readonly seeds: number;
	readonly channels: number;
	readonly parts: readonly PendingSums[];
};

/** `[seeds, channels]`: the sums. */
export const sumPools = async (
	{seeds, channels, parts}: SpaceSums,
	allocate: Allocate = newArray,
): Promise<Float32Array> => {
	if (seeds === 1 && parts.length > 0) {
		// Requested together, products run together. With many seeds the results would no longer fit the processor's cache.
		const rows = await Promise.all(
			parts.map(async ({write}) => {
				const row = allocate(channels);
				await write(row);
				return row;
			}),
		);
		return addUp(rows);
	}

	const sums = sumRows(seeds, channels, allocate);
	for (const {owners, write} of parts) {
		// eslint-disable-next-line no-await-in-loop -- All products run on the same cores.
		await sums.write(owners, write);
	}

	return sums.finish();
};
