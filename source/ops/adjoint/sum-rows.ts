import type {FixedMatrix, Kernels} from '../rules/kernels.js';
import {addRows} from '../simd/add-rows.js';
import {copyRows} from '../simd/copy-rows.js';
import {withScratch, type Allocate, newArray} from './scratch.js';

/** Writes rows `[R, channels]`, every one of them. */
export type WriteRows = (into: Float32Array) => Promise<unknown>;

/** `[seeds, channels]`: sums over space of some or all seeds, yet to be computed. */
export type PendingSums = {
	/** The seed of each row. */
	readonly owners: Int32Array;
	readonly write: WriteRows;
	/** Where the sums are a product with a matrix of the network: its factors, `[owners, K]` and `[K, channels]`. */
	readonly factors?: {
		readonly rows: Float32Array;
		readonly matrix: FixedMatrix;
	};
};

/** Sums of all seeds that are already computed. */
export const knownSums = (seeds: number, sums: Float32Array): PendingSums => ({
	owners: Int32Array.from({length: seeds}, (_, seed) => seed),
	async write(into) {
		into.set(sums);
	},
});

/** Sums that are a product with a matrix of the network, of rows `[owners, K]`. */
export const multipliedSums = (
	owners: Int32Array,
	factors: NonNullable<PendingSums['factors']>,
	{product}: Pick<Kernels, 'product'>,
): PendingSums => ({
	owners,
	factors,
	async write(into) {
		const {rows, matrix} = factors;
		const multiply = await product(matrix.key, matrix, matrix.weights);
		await multiply(rows, owners.length, into);
	},
});

/** Accumulates rows by slot into `[count, channels]`. */
export type RowSums = {
	/** Adds each row to its slot; rows of slot −1 are dropped. */
	readonly add: (slots: Int32Array, rows: Float32Array) => void;
	/** Adds rows that are yet to be computed. Where their slots are contiguous and still empty, they are written straight into them. */
	readonly write: (slots: Int32Array, write: WriteRows) => Promise<void>;
	/** The sums; 0 where nothing was added. */
	readonly finish: () => Float32Array;
};

/** `sum += array`. */
export const addInto = (sum: Float32Array, array: Float32Array): void => {
	addRows({data: sum, step: 0}, {data: array, step: 0}, sum.length)(0, 0);
};

/** Adds arrays up, in the first of them. */
export const addUp = ([
	sum,
	...others
]: readonly Float32Array[]): Float32Array => {
	for (const other of others) {
		addInto(sum, other);
	}

	return sum;
};

/** Starts with every slot empty. */
export const sumRows = (
	count: number,
	channels: number,
	allocate: Allocate = newArray,
): RowSums => {
	const sums = allocate(count * channels);
	const isFilled = new Uint8Array(count);
	const target = {data: sums, step: channels};

	const add = (slots: Int32Array, rows: Float32Array): void => {
		const source = {data: rows, step: channels};
		const addRow = addRows(target, source, channels);
		const copyRow = copyRows(target, source, channels);
		for (let row = 0; row < slots.length; row++) {
			const slot = slots[row];
			if (slot < 0) {
				continue;
			}

			if (isFilled[slot]) {
				addRow(slot, row);
			} else {
				isFilled[slot] = 1;
				copyRow(slot, row);
			}
		}
	};

	return {
		add,
		async write(slots, write) {
			const [first] = slots;
			const end = first + slots.length;
			if (slots.every((slot, row) => slot === first + row && !isFilled[slot])) {
				isFilled.fill(1, first, end);
				await write(sums.subarray(first * channels, end * channels));
				return;
			}

			await withScratch(async (allocateInside) => {
				const rows = allocateInside(slots.length * channels);
				await write(rows);
				add(slots, rows);
			});
		},
		finish() {
			for (let slot = 0; slot < count; slot++) {
				if (!isFilled[slot]) {
					sums.fill(0, slot * channels, (slot + 1) * channels);
				}
			}

			return sums;
		},
	};
};
