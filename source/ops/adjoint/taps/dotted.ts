import {elementCount} from '../../../graph/tensor.js';
import {followTaps} from '../../families/window/window.js';
import type {SparseAdjoint} from '../adjoint.js';
import {isCrowded} from '../dense.js';
import {dot} from '../dot.js';
import type {ReverseContext} from '../../rules/adjoint.js';
import {readTaps} from './readings.js';
import {isLight} from './products.js';
import type {TapMap} from './taps.js';

/**
`[seeds, space]`: what the taps pass back, times the input's forward values, summed over channels, without scattering a single row.

A row r that a tap with weights W sends to a position with values A contributes r · W · A there. W · A, what the tap reads, does not depend on the seed: it is computed once an image, and what remains is a dot product as short as the tap map's output channels. Undefined where that does not pay.

@param byPosition The input's forward values, `[space, Cin]`.
*/
export const dotTaps = async (
	context: ReverseContext,
	adjoint: SparseAdjoint,
	map: TapMap,
	byPosition: () => Promise<Float32Array>,
): Promise<Float32Array | undefined> => {
	const {seeds, owners, positions, rows, uniform} = adjoint;
	const isWorthwhile =
		map.groups === 1 && !uniform && !isLight(map, rows) && !isCrowded(adjoint);
	if (!isWorthwhile) {
		return undefined;
	}

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
