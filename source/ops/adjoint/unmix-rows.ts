import {weighRows} from '../simd/scale-rows.js';
import type {SparseAdjoint} from './adjoint.js';
import {type Allocate, newArray} from './scratch.js';
import {channelCount} from './extent.js';
import {mergeRows} from './merge-rows.js';

/** The input positions and weights that one output position is mixed from. */
export type Mix = ReadonlyArray<readonly [position: number, weight: number]>;

/** Distributes each row over the input positions that its own was mixed from. The uniform term is left out. */
export const unmixRows = (
	{seeds, owners, positions, rows}: SparseAdjoint,
	shape: SparseAdjoint['shape'],
	mix: (position: number) => Mix,
	allocate: Allocate = newArray,
): SparseAdjoint => {
	const channels = channelCount(shape);
	const mixes = Array.from(positions, (position) => mix(position));
	const count = mixes.reduce((sum, {length}) => sum + length, 0);
	const loose = {
		owners: new Int32Array(count),
		positions: new Int32Array(count),
		rows: allocate(count * channels),
	};
	const weigh = weighRows(
		{data: loose.rows, step: channels},
		{data: rows, step: channels},
		channels,
	);
	let slot = 0;
	for (const [row, parts] of mixes.entries()) {
		for (const [position, weight] of parts) {
			loose.owners[slot] = owners[row];
			loose.positions[slot] = position;
			weigh(slot, row, weight);
			slot++;
		}
	}

	return mergeRows(seeds, shape, [loose], allocate);
};
