import type {Adjoint} from '../ops/adjoint/adjoint.js';
import {channelCount, positionCount} from '../ops/adjoint/extent.js';
import {sumOverSpace} from '../ops/adjoint/rows.js';

/** `[seeds, channels]`: an adjoint summed over space. */
export const poolAdjoint = (adjoint: Adjoint): Float32Array => {
	if (adjoint.kind === 'sparse') {
		return sumOverSpace(adjoint);
	}

	const space = positionCount(adjoint.shape);
	const {data, seeds, shape} = adjoint;
	return Float32Array.from(
		{length: seeds * channelCount(shape)},
		(_, channel) => {
			// Double precision, since the sum runs over a whole picture.
			let sum = 0;
			for (let at = channel * space; at < (channel + 1) * space; at++) {
				sum += data[at];
			}

			return sum;
		},
	);
};
