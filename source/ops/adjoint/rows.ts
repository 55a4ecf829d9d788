import type {Shape} from '../../graph/tensor.js';
import type {SparseAdjoint} from './adjoint.js';
import {channelCount, positionCount} from './extent.js';

/** Rows of a sparse adjoint in the making: ordered by owner, but a pair (owner, position) may occur often, and a row at position −1 fell outside and is dropped. */
export type LooseRows = Pick<SparseAdjoint, 'owners' | 'positions' | 'rows'>;

/** A sparse adjoint that is zero everywhere. */
export const zeroAdjoint = (seeds: number, shape: Shape): SparseAdjoint => ({
	kind: 'sparse',
	seeds,
	shape,
	owners: new Int32Array(0),
	positions: new Int32Array(0),
	rows: new Float32Array(0),
});

/** Sums rows that share owner and position, over several lists of rows; rows that nothing is added to are copied, or kept where they are if there are no others. */
export const mergeRows = (
	seeds: number,
	shape: Shape,
	parts: readonly LooseRows[],
): SparseAdjoint => {
	const {slots, owners, positions} = assignSlots(
		seeds,
		positionCount(shape),
		parts,
	);
	const [first] = parts;
	if (parts.length === 1 && owners.length === first.owners.length) {
		return {kind: 'sparse', seeds, shape, owners, positions, rows: first.rows};
	}

	const channels = channelCount(shape);
	const rows = new Float32Array(owners.length * channels);
	const isFilled = new Uint8Array(owners.length);
	for (const [index, part] of parts.entries()) {
		for (const [row, slot] of slots[index].entries()) {
			if (slot < 0) {
				continue;
			}

			const from = row * channels;
			const to = slot * channels;
			if (isFilled[slot]) {
				for (let channel = 0; channel < channels; channel++) {
					rows[to + channel] += part.rows[from + channel];
				}
			} else {
				isFilled[slot] = 1;
				rows.set(part.rows.subarray(from, from + channels), to);
			}
		}
	}

	return {kind: 'sparse', seeds, shape, owners, positions, rows};
};

/** Gives every pair (owner, position) one slot, in order of owner; −1 for rows that fell outside. */
const assignSlots = (
	seeds: number,
	space: number,
	parts: readonly LooseRows[],
) => {
	let total = 0;
	for (const part of parts) {
		total += part.owners.length;
	}

	const slots = parts.map((part) => new Int32Array(part.owners.length));
	const cursors = parts.map(() => 0);
	const owners = new Int32Array(total);
	const positions = new Int32Array(total);
	// The slot of a position counts only if it was given since this owner began.
	const slotAt = new Int32Array(space).fill(-1);
	let count = 0;
	for (let owner = 0; owner < seeds; owner++) {
		const begin = count;
		for (const [index, part] of parts.entries()) {
			let row = cursors[index];
			for (; part.owners[row] === owner; row++) {
				const position = part.positions[row];
				if (position < 0) {
					slots[index][row] = -1;
					continue;
				}

				if (slotAt[position] < begin) {
					slotAt[position] = count;
					owners[count] = owner;
					positions[count] = position;
					count++;
				}

				slots[index][row] = slotAt[position];
			}

			cursors[index] = row;
		}
	}

	return {
		slots,
		owners: owners.subarray(0, count),
		positions: positions.subarray(0, count),
	};
};

/** Moves each row to `target(position)` of a value of another shape with as many channels; −1 drops it, rows that meet are summed. The uniform term is left out. */
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

/** Rows `[count, channels]` with each row's channels `begin …` copied to `at …` of a row of `width` channels. */
const copyChannels = (
	source: Float32Array,
	channels: number,
	{begin, length, at, width}: ChannelWindow,
): Float32Array => {
	const count = source.length / channels;
	const result = new Float32Array(count * width);
	for (let row = 0; row < count; row++) {
		const from = row * channels + begin;
		result.set(source.subarray(from, from + length), row * width + at);
	}

	return result;
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

/** Keeps the channels from `begin` on that a value of this shape has (the adjoint of putting channels side by side). */
export const sliceChannels = (
	adjoint: SparseAdjoint,
	shape: Shape,
	begin: number,
): SparseAdjoint =>
	windowChannels(adjoint, shape, {begin, length: channelCount(shape), at: 0});

/** Puts the channels at `at …` of a wider value that is zero elsewhere (the adjoint of taking a slice of channels). */
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
export const sumOverSpace = (adjoint: SparseAdjoint): Float32Array => {
	const channels = channelCount(adjoint.shape);
	const space = positionCount(adjoint.shape);
	const {seeds, uniform, owners, rows} = adjoint;
	if (space === 1 && owners.length === seeds && !uniform) {
		return rows;
	}

	// Double precision, since one sum may run over a whole picture.
	const sums = uniform
		? new Float64Array(uniform)
		: new Float64Array(seeds * channels);
	for (let index = 0; index < sums.length; index++) {
		sums[index] *= space;
	}

	for (let row = 0; row < owners.length; row++) {
		const to = owners[row] * channels;
		const from = row * channels;
		for (let channel = 0; channel < channels; channel++) {
			sums[to + channel] += rows[from + channel];
		}
	}

	return new Float32Array(sums);
};

/** `[seeds, channels]` as the adjoint of a value with one position, `[1, channels, 1 …]`. */
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
