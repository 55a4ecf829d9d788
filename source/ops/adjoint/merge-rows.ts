import type {Shape} from '../../graph/tensor.js';
import type {SparseAdjoint} from './adjoint.js';
import {channelCount, positionCount} from './extent.js';

/** Rows of a sparse adjoint in the making: ordered by owner, but a pair (owner, position) may occur often, and a row at position −1 fell outside and is dropped. */
export type LooseRows = Pick<SparseAdjoint, 'owners' | 'positions' | 'rows'>;

/** Rows that are still to be computed, none of them outside; an owner's positions differ. */
export type PendingRows = Omit<LooseRows, 'rows'> & {
	/** Writes the rows `[R, channels]`. */
	readonly write: (into: Float32Array) => Promise<unknown>;
};

/** A sparse adjoint whose rows are still to be computed. */
export type PendingAdjoint = Pick<SparseAdjoint, 'seeds' | 'shape'> & {
	readonly kind: 'pending';
	readonly parts: readonly PendingRows[];
};

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
		return {
			kind: 'sparse',
			seeds,
			shape,
			owners,
			positions,
			rows: first.rows,
		};
	}

	const sums = sumRows(owners.length, channelCount(shape));
	for (const [index, {rows}] of parts.entries()) {
		sums.add(slots[index], rows);
	}

	return {kind: 'sparse', seeds, shape, owners, positions, rows: sums.rows};
};

/**
The same for rows of which some are still to be computed: they are written where they belong.

@param done Lists of rows that are there.
*/
export const mergePending = async (
	seeds: number,
	shape: Shape,
	pending: readonly PendingRows[],
	done: readonly LooseRows[] = [],
): Promise<SparseAdjoint> => {
	const {slots, owners, positions} = assignSlots(seeds, positionCount(shape), [
		...done,
		...pending,
	]);
	const channels = channelCount(shape);
	const sums = sumRows(owners.length, channels);
	for (const [index, {rows}] of done.entries()) {
		sums.add(slots[index], rows);
	}

	for (const [index, {write}] of pending.entries()) {
		const own = slots[done.length + index];
		const room = sums.claim(own);
		const rows = room ?? new Float32Array(own.length * channels);
		// eslint-disable-next-line no-await-in-loop -- All products run on the same cores.
		await write(rows);
		if (!room) {
			sums.add(own, rows);
		}
	}

	return {kind: 'sparse', seeds, shape, owners, positions, rows: sums.rows};
};

/** `[count, channels]` in the making. */
const sumRows = (count: number, channels: number) => {
	const sums = new Float32Array(count * channels);
	const isFilled = new Uint8Array(count);
	return {
		rows: sums,
		/** Adds each row to that of its slot; those of slot −1 are dropped. */
		add(slots: Int32Array, rows: Float32Array): void {
			for (const [row, slot] of slots.entries()) {
				if (slot < 0) {
					continue;
				}

				const from = row * channels;
				const to = slot * channels;
				if (isFilled[slot]) {
					for (let channel = 0; channel < channels; channel++) {
						sums[to + channel] += rows[from + channel];
					}
				} else {
					isFilled[slot] = 1;
					sums.set(rows.subarray(from, from + channels), to);
				}
			}
		},
		/** Where the rows of these slots lie, if that is one behind the other and nothing is there yet. */
		claim(slots: Int32Array): Float32Array | undefined {
			const [first] = slots;
			const end = first + slots.length;
			if (
				!slots.every((slot, row) => slot === first + row && !isFilled[slot])
			) {
				return undefined;
			}

			isFilled.fill(1, first, end);
			return sums.subarray(first * channels, end * channels);
		},
	};
};

/** Gives every pair (owner, position) one slot, in order of owner; −1 for rows that fell outside. */
const assignSlots = (
	seeds: number,
	space: number,
	parts: ReadonlyArray<Omit<LooseRows, 'rows'>>,
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
