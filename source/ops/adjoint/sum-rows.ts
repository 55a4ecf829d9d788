import {borrow} from './borrow.js';

/** Writes rows `[R, channels]`, all of them. */
export type WriteRows = (into: Float32Array) => Promise<unknown>;

/** `[seeds, channels]` sums over space, or such of some seeds, still to be computed. */
export type PendingSums = {
	/** The seed of each row. */
	readonly owners: Int32Array;
	readonly write: WriteRows;
};

/** Sums of all seeds that are there already. */
export const knownSums = (seeds: number, sums: Float32Array): PendingSums => ({
	owners: Int32Array.from({length: seeds}, (_, seed) => seed),
	async write(into) {
		into.set(sums);
	},
});

/** `[count, channels]` in the making, of rows that each belong to a slot. */
export type RowSums = {
	readonly rows: Float32Array;
	/** Adds each row to that of its slot; those of slot −1 are dropped. */
	readonly add: (slots: Int32Array, rows: Float32Array) => void;
	/** Adds rows that are still to be computed: they are written where they belong, if nothing is there yet, and their slots lie one behind the other. */
	readonly write: (slots: Int32Array, write: WriteRows) => Promise<void>;
};

/** Adds a row to another. A loop without offsets takes a third of the time. */
export const addInto = (sum: Float32Array, row: Float32Array): void => {
	for (let at = 0; at < sum.length; at++) {
		sum[at] += row[at];
	}
};

/** Begins with nothing in any slot. */
export const sumRows = (count: number, channels: number): RowSums => {
	const sums = new Float32Array(count * channels);
	const isFilled = new Uint8Array(count);

	const add = (slots: Int32Array, rows: Float32Array): void => {
		for (const [row, slot] of slots.entries()) {
			if (slot < 0) {
				continue;
			}

			const from = row * channels;
			const to = slot * channels;
			if (isFilled[slot]) {
				addInto(
					sums.subarray(to, to + channels),
					rows.subarray(from, from + channels),
				);
			} else {
				isFilled[slot] = 1;
				sums.set(rows.subarray(from, from + channels), to);
			}
		}
	};

	return {
		rows: sums,
		add,
		async write(slots, write) {
			const [first] = slots;
			const end = first + slots.length;
			if (slots.every((slot, row) => slot === first + row && !isFilled[slot])) {
				isFilled.fill(1, first, end);
				await write(sums.subarray(first * channels, end * channels));
				return;
			}

			await borrow(async (lend) => {
				const rows = lend(slots.length * channels);
				await write(rows);
				add(slots, rows);
			});
		},
	};
};
