import type {Shape} from '../../graph/tensor.js';
import {addRowsDoubly} from '../simd/add-rows.js';
import {copyRows} from '../simd/copy-rows.js';
import type {SparseAdjoint} from './adjoint.js';
import {type Allocate, newArray} from './scratch.js';
import {allocateDoubles, roundDoubles} from './doubles.js';
import {channelCount, positionCount} from './extent.js';
import {mergeRows, type PendingAdjoint, pendingOf} from './merge-rows.js';

/** A sparse adjoint that is zero everywhere. */
export const zeroAdjoint = (seeds: number, shape: Shape): SparseAdjoint => ({
	kind: 'sparse',
	seeds,
	shape,
	owners: new Int32Array(0),
	positions: new Int32Array(0),
	rows: new Float32Array(0),
});

/** Moves each row to position `target(position)` of a value with another shape and as many channels. −1 drops a row, rows that meet are summed, and the uniform term is left out. */
export const moveRows = (
	adjoint: SparseAdjoint,
	shape: Shape,
	target: (position: number) => number,
): SparseAdjoint =>
	mergeRows(adjoint.seeds, shape, [
		{
			owners: adjoint.owners,
			positions: adjoint.positions.map((position) => target(position)),
			rows: adjoint.rows,
		},
	]);

/** Copies channels `begin …` of each row `[count, channels]` to channels `at …` of a row with `width` channels. */
const copyChannels = (
	source: Float32Array,
	channels: number,
	{begin, length, at, width}: ChannelWindow,
	into: Float32Array = new Float32Array((source.length / channels) * width),
): Float32Array => {
	const copy = copyRows(
		{data: into, begin: at, step: width},
		{data: source, begin, step: channels},
		length,
	);
	const count = source.length / channels;
	for (let row = 0; row < count; row++) {
		copy(row, row);
	}

	return into;
};

type ChannelWindow = {
	readonly begin: number;
	readonly length: number;
	readonly at: number;
	readonly width: number;
};

const windowChannels = (
	adjoint: SparseAdjoint,
	shape: Shape,
	window: Omit<ChannelWindow, 'width'>,
): SparseAdjoint => {
	const channels = channelCount(adjoint.shape);
	const complete = {...window, width: channelCount(shape)};
	return {
		...adjoint,
		shape,
		rows: copyChannels(adjoint.rows, channels, complete),
		uniform:
			adjoint.uniform && copyChannels(adjoint.uniform, channels, complete),
	};
};

/** Keeps the channels from `begin` on, as many as `shape` has (the adjoint of concatenating channels). */
export const sliceChannels = (
	adjoint: SparseAdjoint,
	shape: Shape,
	begin: number,
): SparseAdjoint =>
	windowChannels(adjoint, shape, {begin, length: channelCount(shape), at: 0});

/** The same as a pending adjoint, without the uniform term. */
export const sliceLater = (
	{seeds, shape: whole, owners, positions, rows}: SparseAdjoint,
	shape: Shape,
	begin: number,
): PendingAdjoint => {
	const width = channelCount(shape);
	const window = {begin, length: width, at: 0, width};
	return pendingOf({
		seeds,
		shape,
		owners,
		positions,
		async write(into) {
			copyChannels(rows, channelCount(whole), window, into);
		},
	});
};

/** Puts the channels at `at …` of a wider value that is zero elsewhere (the adjoint of slicing channels). */
export const embedChannels = (
	adjoint: SparseAdjoint,
	shape: Shape,
	at: number,
): SparseAdjoint =>
	windowChannels(adjoint, shape, {
		begin: 0,
		length: channelCount(adjoint.shape),
		at,
	});

/** `[seeds, channels]`: the adjoint summed over space. */
export const sumOverSpace = (
	adjoint: SparseAdjoint,
	allocate: Allocate = newArray,
): Float32Array => {
	const channels = channelCount(adjoint.shape);
	const space = positionCount(adjoint.shape);
	const {seeds, uniform, owners, rows} = adjoint;
	if (space === 1 && owners.length === seeds && !uniform) {
		return rows;
	}

	// In double precision: one sum may run over a whole picture.
	const sums = allocateDoubles(allocate, seeds * channels);
	for (const [index, value] of uniform?.entries() ?? []) {
		sums[index] = space * value;
	}

	const addRow = addRowsDoubly(
		{data: sums, step: channels},
		{data: rows, step: channels},
		channels,
	);
	for (let row = 0; row < owners.length; row++) {
		addRow(owners[row], row);
	}

	return roundDoubles(sums, allocate);
};

/** Reads `[seeds, channels]` as the adjoint of a value with a single position, `[1, channels, 1 …]`. */
export const fromChannels = (
	seeds: number,
	shape: Shape,
	rows: Float32Array,
): SparseAdjoint => ({
	kind: 'sparse',
	seeds,
	shape,
	owners: Int32Array.from({length: seeds}, (_, seed) => seed),
	positions: new Int32Array(seeds),
	rows,
});
