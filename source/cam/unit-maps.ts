import {newArray} from '../ops/adjoint/scratch.js';
import type {FixedMatrix, HeldProduct, Kernels} from '../ops/rules/kernels.js';

/** By matrix, the maps that its rows make of a layer. A gradient that is a product of short rows and such matrices is read in them, and neither it nor the layer is. */
export type UnitMaps = {
	/** A product `[m, K] → [m, space]` for each matrix; undefined until these have been asked for often enough, and where they do not pay. */
	readonly of: (
		matrices: ReadonlyArray<FixedMatrix | undefined>,
	) => Promise<readonly HeldProduct[] | undefined>;
	readonly dispose: () => Promise<void>;
};

/** Elements, 128 megabytes, that are kept of an image. */
const capacity = 2 ** 25;

/** A layer of fewer elements is read as fast. */
const leastSize = 2 ** 20;

/** Questions about a matrix before its maps are made, which takes as long as dozens of questions. */
const patience = 8;

type Entry = {asked: number; product?: Promise<HeldProduct>};

/**
Makes the unit maps of a layer, one matrix with each question that needs it.

@param combine `[m, channels] → [m, space]`: the maps of rows, written into an array.
*/
export const createUnitMaps = (
	{channels, space}: {readonly channels: number; readonly space: number},
	combine: (rows: Float32Array, into: Float32Array) => Promise<Float32Array>,
	kernels: Kernels,
): UnitMaps => {
	const entries = new Map<string, Entry>();
	let room = capacity;

	const entryOf = ({key}: FixedMatrix): Entry => {
		const entry = entries.get(key) ?? {asked: 0};
		entries.set(key, entry);
		entry.asked++;
		return entry;
	};

	const make = async ({k, weights}: FixedMatrix): Promise<HeldProduct> =>
		kernels.hold({k, n: space}, async (allocate) =>
			combine(await weights(newArray), allocate(k * space)),
		);

	return {
		async of(matrices) {
			const wanted = matrices.filter((matrix) => matrix !== undefined);
			const width = wanted.reduce((sum, {k}) => sum + k, 0);
			const pays = width < channels && channels * space >= leastSize;
			if (!pays || wanted.length < matrices.length) {
				return undefined;
			}

			const found = wanted.map((matrix) => ({matrix, entry: entryOf(matrix)}));
			const next = found.find(
				({entry: {asked, product}, matrix: {k}}) =>
					!product && asked > patience && k * space <= room,
			);
			if (next) {
				room -= next.matrix.k * space;
				next.entry.product = make(next.matrix);
			}

			const products: HeldProduct[] = [];
			for (const {entry} of found) {
				// eslint-disable-next-line no-await-in-loop -- All but one are there already.
				const product = await entry.product;
				if (!product) {
					return undefined;
				}

				products.push(product);
			}

			return products;
		},
		async dispose() {
			const made = [...entries.values()];
			entries.clear();
			room = capacity;
			for (const {product} of made) {
				// eslint-disable-next-line no-await-in-loop -- Most are there already.
				const each = await product;
				each?.dispose?.();
			}
		},
	};
};
