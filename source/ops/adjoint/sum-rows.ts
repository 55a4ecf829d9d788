/** Writes rows `[R, channels]`, all of them. */
export type WriteRows = (into: Float32Array) => Promise<unknown>;

/** `[count, channels]` in the making, of rows that each belong to a slot. */
export type RowSums = {
	readonly rows: Float32Array;
	/** Adds each row to that of its slot; those of slot −1 are dropped. */
	readonly add: (slots: Int32Array, rows: Float32Array) => void;
	/** Adds rows that are still to be computed: they are written where they belong, if nothing is there yet, and their slots lie one behind the other. */
	readonly write: (slots: Int32Array, write: WriteRows) => Promise<void>;
};

/** Begins with nothing in any slot. */
export const sumRows = (count: number, channels: number): RowSums => {
	const sums = new Float32Array(count * channels);
	const isFilled = new Uint8Array(count);
	let aside = new Float32Array(0);

	const add = (slots: Int32Array, rows: Float32Array): void => {
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

			const size = slots.length * channels;
			if (aside.length < size) {
				aside = new Float32Array(size);
			}

			const rows = aside.subarray(0, size);
			await write(rows);
			add(slots, rows);
		},
	};
};
