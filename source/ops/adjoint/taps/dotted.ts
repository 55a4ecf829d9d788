import {elementCount} from '../../../graph/tensor.js';
import {followTaps} from '../../families/window/window.js';
import type {SparseAdjoint} from '../adjoint.js';
import {isCrowded} from '../dense.js';
import {dot} from '../dot.js';
import type {PendingDots, ReverseContext} from '../../rules/adjoint.js';
import {readTaps} from './readings.js';
import {isLight} from './products.js';
import type {TapMap} from './taps.js';

/**
`[seeds, space]`: what the taps pass back, times the input's forward values, summed over channels, without scattering a single row.

A row r that a tap with weights W sends to a position with values A contributes r · W · A there. W · A, what the tap reads, does not depend on the seed: it is computed once per image, and what remains is a dot product as short as the tap map's output channels. Undefined where that does not pay.

@param byPosition The input's forward values, `[space, Cin]`.
*/
export const dotTaps = (
	context: ReverseContext,
	adjoint: SparseAdjoint,
	map: TapMap,
	byPosition: () => Promise<Float32Array>,
): PendingDots | undefined => {
	const isWorthwhile =
		map.groups === 1 &&
		!adjoint.uniform &&
		!isLight(map, adjoint.rows) &&
		!isCrowded(adjoint);
	return isWorthwhile
		? async () => dotReadings(context, adjoint, map, byPosition)
		: undefined;
};

const dotReadings = async (
	context: ReverseContext,
	{seeds, owners, positions, rows}: SparseAdjoint,
	map: TapMap,
	byPosition: () => Promise<Float32Array>,
): Promise<Float32Array> => {
	const {outputs, kernel, to} = map;
	const taps = elementCount(kernel);
	const space = elementCount(to);
	const targets = followTaps(positions, map);
	const readings = await readTaps(context, map, {
		values: await byPosition(),
		targets,
	});
	const sums = new Float64Array(seeds * space);
	for (const [row, owner] of owners.entries()) {
		const own = rows.subarray(row * outputs, (row + 1) * outputs);
		for (let tap = 0; tap < taps; tap++) {
			const target = targets[row * taps + tap];
			if (target >= 0) {
				sums[owner * space + target] += dot(
					own,
					readings.get(target * taps + tap)!,
				);
			}
		}
	}

	return new Float32Array(sums);
};
