import type {Adjoint} from './adjoint.js';
import {seedSize} from './dense.js';
import {channelCount} from './extent.js';

/** The adjoint of each seed by itself; what many seeds walked together for. Views, not copies. */
export const splitSeeds = (adjoint: Adjoint): readonly Adjoint[] => {
	const {seeds, shape} = adjoint;
	const indices = Array.from({length: seeds}, (_, seed) => seed);
	if (adjoint.kind === 'dense') {
		const size = seedSize(adjoint);
		return indices.map((seed) => ({
			kind: 'dense',
			seeds: 1,
			shape,
			data: adjoint.data.subarray(seed * size, (seed + 1) * size),
		}));
	}

	const {owners, positions, rows, uniform} = adjoint;
	const channels = channelCount(shape);
	const startOf = (seed: number) => {
		const start = owners.findIndex((owner) => owner >= seed);
		return start === -1 ? owners.length : start;
	};

	return indices.map((seed) => {
		const from = startOf(seed);
		const to = startOf(seed + 1);
		return {
			kind: 'sparse',
			seeds: 1,
			shape,
			owners: new Int32Array(to - from),
			positions: positions.subarray(from, to),
			rows: rows.subarray(from * channels, to * channels),
			...(uniform && {
				uniform: uniform.subarray(seed * channels, (seed + 1) * channels),
			}),
		};
	});
};
