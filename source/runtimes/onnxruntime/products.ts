import type * as Ort from 'onnxruntime-node';
import type {InferenceSession} from 'onnxruntime-node';
import {encodeOnnx} from '../../formats/onnx/index.js';
import {newArray} from '../../ops/adjoint/scratch.js';
import type {Matrix, MatrixProduct} from '../../ops/rules/kernels.js';
import {keepArray} from '../../ops/simd/memory.js';
import {multiplyRows} from '../../ops/simd/multiply-rows.js';
import type {Runtime} from '../runtime.js';
import {createFeeding, type Open} from './feeding.js';
import {
	byColumns,
	byRows,
	type Form,
	matrixFirst,
	productGraph,
} from './forms.js';

/** Milliseconds between two preparations, each of which takes up to ten: no question waits for more than one. */
const pause = 25;

/** The most rows for which a column-major matrix is best as the left factor. */
const fewRows = 128;

/** Multiplications that SIMD loops do in the time that a call of onnxruntime takes. */
const fewMultiplications = 2 ** 21;

/** The same in the time that it takes to start such a loop. */
const startOfLoop = 2 ** 7;

/** How a product is written whose matrix is fed as it lies. */
const formOf = (m: number, by: Matrix['by']): Form => {
	if (by !== 'columns') {
		return byRows;
	}

	return m > 1 && m <= fewRows ? matrixFirst : byColumns;
};

/**
Matrix products of onnxruntime.

onnxruntime rearranges a network's constant weights for the processor, which makes a product up to twice as fast and takes as long as dozens of products. So weights are fed as they are until they prove to be used repeatedly, and are then prepared one matrix at a time. Column-major weights with few rows never need it, and very few rows are multiplied without onnxruntime.
*/
export const createProducts = (
	ort: typeof Ort,
	open: Open,
	close: (session: InferenceSession) => Promise<void>,
): Runtime['prepare'] => {
	const feed = createFeeding(ort, open);
	const tensor = (data: Float32Array, rows: number, columns: number) =>
		new ort.Tensor('float32', data, [rows, columns]);

	let lastPreparation = Number.NEGATIVE_INFINITY;
	return async ({k, n, by, isShortLived}, make) => {
		let fed: Promise<Float32Array> | undefined;
		const read = async () => {
			fed ??= Promise.resolve(make(by === 'columns' ? newArray : keepArray));
			return fed;
		};

		let prepared: Promise<InferenceSession> | undefined;
		const prepare = async () => {
			lastPreparation = performance.now();
			const data = await read();
			fed = undefined;
			const own = {type: 'float32', shape: [k, n], data} as const;
			return open(encodeOnnx(productGraph(byRows, 1, own)));
		};

		let isWantedAgain = false;
		const product: MatrixProduct = async (
			a,
			m,
			into = new Float32Array(m * n),
		) => {
			// A single row waits for the weights wherever it is multiplied, and gains by those that are skipped.
			const isSmall =
				m === 1 || m * k * (n + startOfLoop) <= fewMultiplications;
			if (
				isSmall &&
				by !== 'columns' &&
				multiplyRows(a, await read(), into, n)
			) {
				return into;
			}

			const isDue = performance.now() > lastPreparation + pause;
			if (isWantedAgain && isDue) {
				prepared ??= prepare();
			}

			isWantedAgain = by !== 'columns' && !isShortLived && m > 1;
			if (prepared) {
				const session = await prepared;
				await session.run(
					{a0: tensor(a, m, k)},
					{product0: tensor(into, m, n)},
				);
			} else {
				const weights = await read();
				await feed({form: formOf(m, by), a, weights, into, m, k, n});
			}

			return into;
		};

		return Object.assign(product, {
			dispose() {
				void prepared?.then(close);
			},
		});
	};
};
