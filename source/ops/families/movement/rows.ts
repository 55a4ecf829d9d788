import type {Shape} from '../../../graph/tensor.js';
import type {SparseAdjoint} from '../../adjoint/adjoint.js';
import {
	channelCount,
	hasChannels,
	positionCount,
} from '../../adjoint/extent.js';
import {mergeRows} from '../../adjoint/merge-rows.js';
import {fromChannels, sumOverSpace} from '../../adjoint/rows.js';
import {collapse, sourceOffset, type Strided} from './strided.js';

/** How much larger the rows may become by moving before a dense adjoint is cheaper. */
const growthLimit = 8;

/** Moves a sparse adjoint of what `strided` read back to the input of this shape; undefined where the result would not be sparse. */
export const moveSparse = (
	adjoint: SparseAdjoint,
	shape: Shape,
	strided: Strided,
): SparseAdjoint | undefined => {
	if (!hasChannels(shape)) {
		return undefined;
	}

	const space = positionCount(adjoint.shape);
	const compact = collapse(strided);
	if (isPlanewise(compact, space, positionCount(shape))) {
		return moveChannels(adjoint, shape, compact);
	}

	if (positionCount(shape) === 1 && isRepeatedOverSpace(compact, space)) {
		return moveChannels(
			fromChannels(adjoint.seeds, adjoint.shape, sumOverSpace(adjoint)),
			shape,
			compact,
		);
	}

	return adjoint.uniform
		? undefined
		: moveElements(adjoint, shape, sourceOffset(compact));
};

/** Whether whole channels are moved: every position stays where it is in a space of the same size. */
const isPlanewise = (
	{sizes, strides, offset}: Strided,
	space: number,
	sourceSpace: number,
): boolean =>
	space === sourceSpace &&
	offset % space === 0 &&
	(space === 1 || (strides.at(-1) === 1 && sizes.at(-1)! % space === 0)) &&
	strides.slice(0, -1).every((stride) => stride % space === 0);

const isRepeatedOverSpace = ({sizes, strides}: Strided, space: number) =>
	strides.at(-1) === 0 && sizes.at(-1)! % space === 0;

const moveChannels = (
	adjoint: SparseAdjoint,
	shape: Shape,
	strided: Strided,
): SparseAdjoint => {
	const offsetOf = sourceOffset(strided);
	const space = positionCount(adjoint.shape);
	const sourceSpace = positionCount(shape);
	const channels = channelCount(adjoint.shape);
	const sourceChannels = channelCount(shape);
	const target = Int32Array.from({length: channels}, (_, channel) =>
		Math.trunc(offsetOf(channel * space) / sourceSpace),
	);
	const move = (rows: Float32Array) => {
		const moved = new Float32Array((rows.length / channels) * sourceChannels);
		for (const [index, value] of rows.entries()) {
			const row = Math.trunc(index / channels);
			moved[row * sourceChannels + target[index % channels]] += value;
		}

		return moved;
	};

	return {
		...adjoint,
		shape,
		rows: move(adjoint.rows),
		uniform: adjoint.uniform && move(adjoint.uniform),
	};
};

/**
The general case: every element of a row goes where it came from, one new row for each position that is met. The uniform term is left out.

@param offsetOf By flat index into the adjoint's value, the one into the value of this shape; −1 for what came from nowhere.
@returns Undefined where the result would not be sparse.
*/
export const moveElements = (
	adjoint: SparseAdjoint,
	shape: Shape,
	offsetOf: (offset: number) => number,
): SparseAdjoint | undefined => {
	const space = positionCount(adjoint.shape);
	const sourceSpace = positionCount(shape);
	const channels = channelCount(adjoint.shape);
	const sourceChannels = channelCount(shape);
	const limit = growthLimit * adjoint.rows.length;
	const owners: number[] = [];
	const positions: number[] = [];
	const elements: Array<[index: number, value: number]> = [];
	for (const [row, owner] of adjoint.owners.entries()) {
		const slots = new Map<number, number>();
		for (let channel = 0; channel < channels; channel++) {
			const offset = offsetOf(channel * space + adjoint.positions[row]);
			if (offset < 0) {
				continue;
			}

			const position = offset % sourceSpace;
			let slot = slots.get(position);
			if (slot === undefined) {
				slot = owners.length;
				slots.set(position, slot);
				owners.push(owner);
				positions.push(position);
			}

			elements.push([
				slot * sourceChannels + Math.trunc(offset / sourceSpace),
				adjoint.rows[row * channels + channel],
			]);
		}

		if (owners.length * sourceChannels > limit) {
			return undefined;
		}
	}

	const rows = new Float32Array(owners.length * sourceChannels);
	for (const [index, value] of elements) {
		rows[index] += value;
	}

	return mergeRows(adjoint.seeds, shape, [
		{
			owners: Int32Array.from(owners),
			positions: Int32Array.from(positions),
			rows,
		},
	]);
};
