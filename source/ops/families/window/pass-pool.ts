import type {SparseAdjoint} from '../../adjoint/adjoint.js';
import {channelCount, positionCount} from '../../adjoint/extent.js';
import {mergeRows} from '../../adjoint/merge-rows.js';
import type {NodeView} from '../../node/view.js';
import {shapeOf} from '../../node/shapes.js';
import {readPositions} from './read-pool.js';

/** One row of a pool's adjoint, and where it goes. */
export type PooledRow = {
	/** `[channels]` */
	readonly row: Float32Array;
	/** Its output position. */
	readonly place: number;
	/** `[taps, channels]`: what each tap's input position receives of it, to be written. */
	readonly into: Float32Array;
};

/** Passes a sparse adjoint back through a pool, whose `share` divides each row among the taps of its window. Undefined for a uniform adjoint. */
export const passPool = (
	view: NodeView,
	{seeds, shape: outer, owners, positions, rows, uniform}: SparseAdjoint,
	share: (row: PooledRow) => void,
): readonly [SparseAdjoint] | undefined => {
	if (uniform) {
		return undefined;
	}

	const shape = shapeOf(view, 0);
	const channels = channelCount(shape);
	const read = readPositions(view);
	const taps = read.length / positionCount(outer);
	const loose = {
		owners: new Int32Array(owners.length * taps),
		positions: new Int32Array(owners.length * taps),
		rows: new Float32Array(rows.length * taps),
	};
	for (const [index, place] of positions.entries()) {
		const [begin, end] = [index * taps, (index + 1) * taps];
		loose.owners.fill(owners[index], begin, end);
		loose.positions.set(read.subarray(place * taps, (place + 1) * taps), begin);
		share({
			row: rows.subarray(index * channels, (index + 1) * channels),
			place,
			into: loose.rows.subarray(begin * channels, end * channels),
		});
	}

	return [mergeRows(seeds, shape, [loose])];
};
