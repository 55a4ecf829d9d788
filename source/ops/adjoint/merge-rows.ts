import type {Shape} from '../../graph/tensor.js';
import type {SparseAdjoint} from './adjoint.js';
import {type Allocate, newArray} from './scratch.js';
import {channelCount, positionCount} from './extent.js';
import {sumRows, type WriteRows} from './sum-rows.js';

/** Unmerged rows of a sparse adjoint, ordered by owner: a pair (owner, position) may occur repeatedly, and a row at position −1 fell outside and is dropped. */
export type LooseRows = Pick<SparseAdjoint, 'owners' | 'positions' | 'rows'>;

/** Rows that are yet to be computed, none of them outside, each owner's positions distinct. */
export type PendingRows = Omit<LooseRows, 'rows'> & {
	readonly write: WriteRows;
};

/** A sparse adjoint whose rows are yet to be computed. */
export type PendingAdjoint = Pick<SparseAdjoint, 'seeds' | 'shape'> & {
	readonly kind: 'pending';
	readonly parts: readonly PendingRows[];
};

/** A pending adjoint with a single list of rows. */
export type PendingList = Pick<PendingAdjoint, 'seeds' | 'shape'> & PendingRows;

/** Makes a pending adjoint from one list of rows. */
export const pendingOf = ({
	seeds,
	shape,
	...list
}: PendingList): PendingAdjoint => ({
	kind: 'pending',
	seeds,
	shape,
	parts: [list],
});

/** Merges lists of rows, summing those that share owner and position. A single list without duplicates is returned as it is. */
export const mergeRows = (
	seeds: number,
	shape: Shape,
	parts: readonly LooseRows[],
	allocate: Allocate = newArray,
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

	const sums = sumRows(owners.length, channelCount(shape), allocate);
	for (const [index, {rows}] of parts.entries()) {
		sums.add(slots[index], rows);
	}

	return {kind: 'sparse', seeds, shape, owners, positions, rows: sums.finish()};
};

/**
Merges rows that are yet to be computed: each list is written straight to its place where nothing else is added.

@param done Lists of rows that are already computed.
*/
export const mergePending = async (
	{seeds, shape, parts: pending}: Omit<PendingAdjoint, 'kind'>,
	allocate: Allocate,
	done: readonly LooseRows[] = [],
): Promise<SparseAdjoint> => {
	const [first] = pending;
	if (done.length === 0 && pending.length === 1) {
		const {owners, positions} = first;
		const rows = allocate(owners.length * channelCount(shape));
		await first.write(rows);
		return {kind: 'sparse', seeds, shape, owners, positions, rows};
	}

	const {slots, owners, positions} = assignSlots(seeds, positionCount(shape), [
		...done,
		...pending,
	]);
	const sums = sumRows(owners.length, channelCount(shape), allocate);
	for (const [index, {rows}] of done.entries()) {
		sums.add(slots[index], rows);
	}

	for (const [index, {write}] of pending.entries()) {
		// eslint-disable-next-line no-await-in-loop -- All products run on the same cores.
		await sums.write(slots[done.length + index], write);
	}

	return {kind: 'sparse', seeds, shape, owners, positions, rows: sums.finish()};
};

let scratch = new Int32Array(0);

/** By position, −1 for "no slot", in a buffer that the next call reuses. */
const noSlots = (space: number): Int32Array => {
	if (scratch.length < space) {
		scratch = new Int32Array(space);
	}

	return scratch.fill(-1, 0, space);
};

/** Assigns every pair (owner, position) one slot, in order of owner; −1 for rows that fell outside. */
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
	// A position's slot is valid only if it was assigned since this owner began.
	const slotAt = noSlots(space);
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
